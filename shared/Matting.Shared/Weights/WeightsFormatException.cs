namespace Matting.Shared.Weights;

/// <summary>The one exception for weights files whose content is damaged, hostile or of a kind that is not read.</summary>
public sealed class WeightsFormatException : Exception, IUserFacingError
{
    /// <summary>Describes a refused file; the message is one line: file, tensor if known, detail.</summary>
    /// <param name="file">The path or the name the content goes by.</param>
    /// <param name="reason">The kind of defect.</param>
    /// <param name="detail">What is wrong, with the numbers.</param>
    /// <param name="tensor">The tensor or entry concerned, when one is.</param>
    /// <param name="inner">The exception that told, when one did.</param>
    public WeightsFormatException(
        string file, WeightsFormatError reason, string detail, string? tensor = null, Exception? inner = null)
        : base(tensor is null ? $"{file}: {OneLine(detail)}" : $"{file}: '{OneLine(tensor)}': {OneLine(detail)}", inner)
    {
        File = file;
        Reason = reason;
        Tensor = tensor;
    }

    /// <summary>The path or the name the content goes by.</summary>
    public string File { get; }

    /// <summary>The kind of defect.</summary>
    public WeightsFormatError Reason { get; }

    /// <summary>The tensor or entry concerned; null when the defect belongs to the whole file.</summary>
    public string? Tensor { get; }

    // names come out of hostile files: control characters must not reach a terminal, nor a novel the log
    private static string OneLine(string text)
    {
        const int Longest = 300;
        string shortened = text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "...");
        return string.Create(shortened.Length, shortened, (to, from) =>
        {
            for (int i = 0; i < to.Length; i++)
                to[i] = char.IsControl(from[i]) || char.IsSurrogate(from[i]) ? '?' : from[i];
        });
    }
}
