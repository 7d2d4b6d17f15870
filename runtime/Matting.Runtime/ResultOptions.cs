using Matting.Shared.Imaging;

namespace Matting.Runtime;

/// <summary>What is made of a picture and its alpha.</summary>
public enum ResultKind
{
    /// <summary>The alpha as a grey picture.</summary>
    Alpha,

    /// <summary>The foreground with the alpha beside it (RGBA, not premultiplied).</summary>
    Cutout,

    /// <summary>The foreground over another background (RGB).</summary>
    Composite,
}

/// <summary>The size of a result.</summary>
public enum ResultSize
{
    /// <summary>The picture's own size; the alpha is resized to it.</summary>
    Picture,

    /// <summary>The size at which the network ran; the picture is resized to it.</summary>
    Network,
}

/// <summary>How a picture and its alpha become a result; see <see cref="PictureAlpha.ToResult"/>.</summary>
public sealed record ResultOptions
{
    /// <summary>All defaults: the alpha at the picture's size.</summary>
    public static ResultOptions Default { get; } = new();

    /// <summary>What is made. Default: the alpha.</summary>
    public ResultKind Kind { get; init; } = ResultKind.Alpha;

    /// <summary>The result's size. Default: the picture's.</summary>
    public ResultSize Size { get; init; } = ResultSize.Picture;

    /// <summary>
    /// True takes the old background out of the colours of soft edges (<see cref="ForegroundEstimation"/>); false keeps the picture's colours.
    /// Default true. An alpha has no colours and ignores it.
    /// </summary>
    public bool Decontaminate { get; init; } = true;

    /// <summary>Settings of the decontamination.</summary>
    public ForegroundOptions Foreground { get; init; } = ForegroundOptions.Default;

    /// <summary>What a composite lies over; the other kinds ignore it. Default white.</summary>
    public ResultBackground Background { get; init; } = ResultBackground.White;

    /// <summary>Makes a result of the size of the alpha, whatever <see cref="Size"/> says.</summary>
    internal PixelImage Make(PixelImage picture, PixelImage alpha)
    {
        if (Kind == ResultKind.Alpha)
            return alpha;
        PixelImage colours = Preprocessing.ResizeForNetwork(picture, alpha.Width, alpha.Height);
        if (Decontaminate)
            colours = ForegroundEstimation.Estimate(colours, alpha, Foreground);
        return Kind == ResultKind.Cutout ? Compositing.WithAlpha(colours, alpha) : Background.Under(colours, alpha);
    }

    internal void Check()
    {
        if (!Enum.IsDefined(Kind))
            throw new ArgumentException($"unknown kind of result {Kind}", nameof(Kind));
        if (!Enum.IsDefined(Size))
            throw new ArgumentException($"unknown size of a result {Size}", nameof(Size));
        ArgumentNullException.ThrowIfNull(Foreground);
        ArgumentNullException.ThrowIfNull(Background);
        Foreground.Validate();
    }
}
