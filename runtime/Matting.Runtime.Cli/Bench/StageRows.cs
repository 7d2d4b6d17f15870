using Matting.Runtime.Cli.Batches;
using Matting.Shared.Imaging;
using Matting.Shared.Postprocessing;

namespace Matting.Runtime.Cli.Bench;

/// <summary>The stages of one picture, each alone and on one thread, except for the network, which is <see cref="Network"/>.</summary>
internal sealed class StageRows
{
    public const string Decode = "decode";
    public const string Resize = "resize";
    public const string Normalise = "normalise";
    public const string Merge = "merge";
    public const string PostProcess = "post-process";
    public const string Result = "result";
    public const string Encode = "encode";

    private readonly BenchSession _session;
    private readonly BenchPlan _plan;
    private readonly List<TimedWork> _before = [];
    private readonly List<TimedWork> _after = [];

    /// <param name="network">The network's row of one picture; it must have run once over the first picture.</param>
    /// <param name="files">The pictures; each is decoded in its turn, the other stages work on the first.</param>
    /// <param name="plan">What is made of an alpha.</param>
    public StageRows(NetworkRow network, IReadOnlyList<string> files, BenchPlan plan)
    {
        (Network, _session, _plan) = (network, network.Session, plan);
        PixelImage picture = ImageFile.ReadRgb(files[0]);
        PixelImage sized = Preprocessing.ResizeForNetwork(picture, _session.Size.Width, _session.Size.Height);
        float[] alpha = _session.Alpha(0);
        AddBefore(files, picture, sized);
        AddAfter(picture, alpha, MakeResult(picture, alpha));
    }

    /// <summary>The stage between the others.</summary>
    public NetworkRow Network { get; }

    /// <summary>Stages before the network, in order.</summary>
    public IReadOnlyList<TimedWork> Before => _before;

    /// <summary>Stages behind it, in order.</summary>
    public IReadOnlyList<TimedWork> After => _after;

    private bool Flips => Network.Tta == TestTimeAugmentation.Flip;

    private void AddBefore(IReadOnlyList<string> files, PixelImage picture, PixelImage sized)
    {
        int next = 0;
        float[] input = new float[3 * _session.Size.Pixels];
        _before.Add(new TimedWork(Decode, _ => ImageFile.ReadRgb(files[next++ % files.Count])));
        _before.Add(new TimedWork(Resize, _ => Preprocessing.ResizeForNetwork(picture, _session.Size.Width, _session.Size.Height)));
        _before.Add(new TimedWork(Normalise, _ =>
        {
            Preprocessing.ToNchw(sized, _session.Model.Profile, input);
            if (Flips)
                Preprocessing.ToNchw(sized, _session.Model.Profile, input, mirror: true);
        }));
    }

    private void AddAfter(PixelImage picture, float[] alpha, PixelImage result)
    {
        NetworkSize size = _session.Size;
        if (Flips)
        {
            float[] plain = [.. alpha], mirrored = [.. alpha];
            _after.Add(new TimedWork(Merge, _ => FlipTta.Merge(plain, mirrored, size.Width)));
        }
        if (_plan.Post?.Create() is { } process)
        {
            float[] processed = new float[alpha.Length];
            _after.Add(new TimedWork($"{PostProcess} {_plan.Post.Name}", _ => process.Apply(alpha, size.Width, size.Height, processed)));
        }
        _after.Add(new TimedWork(Result, _ => MakeResult(picture, alpha)));
        _after.Add(new TimedWork(Encode, _ => ImageFile.EncodePng(result, AlphaPng.Options)));
    }

    // as PictureAlpha.ToResult makes it, at the picture's size
    private PixelImage MakeResult(PixelImage picture, float[] values)
    {
        PixelImage levels = new(_session.Size.Width, _session.Size.Height, 1);
        Quantise.Truncate(values, levels.Pixels);
        PixelImage alpha = Preprocessing.ResizeForNetwork(levels, picture.Width, picture.Height);
        return _plan.Result.Kind == ResultKind.Alpha ? alpha : Compositing.WithAlpha(ForegroundEstimation.Estimate(picture, alpha), alpha);
    }
}
