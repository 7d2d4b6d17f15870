namespace Matting.Shared.Networks;

/// <summary>
/// U2NETP, the small U-2-Net (Qin et al. 2020, section 3.3): an encoder and a decoder made of
/// residual U-blocks, six side outputs and their fusion. 1,131,181 trainable parameters; any size
/// from 1x1 on. Loads the public <c>u2netp.pth</c>.
/// </summary>
/// <remarks>
/// Seven sigmoid maps of one channel at the image's size: <c>d0</c>, the fused prediction, and the
/// side outputs <c>d1</c> (finest) to <c>d6</c>, which training supervises too.
/// </remarks>
public sealed class U2NetP : INetwork
{
    /// <summary>Its name in <see cref="NetworkCatalogue"/>.</summary>
    public const string CatalogueName = "u2netp";

    private const int Channels = 64;
    private const int Inner = 16;
    private const int Stages = 6;

    /// <inheritdoc/>
    public string Name => CatalogueName;

    /// <inheritdoc/>
    public string Task => "matting";

    /// <inheritdoc/>
    public int InputChannels => 3;

    /// <inheritdoc/>
    public IReadOnlyList<string> OutputNames { get; } = ["d0", "d1", "d2", "d3", "d4", "d5", "d6"];

    /// <inheritdoc/>
    public string PredictionOutput => "d0";

    /// <inheritdoc/>
    public NamedOutputs<T> Forward<T>(ITensorOps<T> ops, T image)
    {
        ArgumentNullException.ThrowIfNull(ops);
        // maps[k] is what stage k hands on: encoder first, then replaced by the decoder's
        T[] maps = new T[Stages + 1];
        for (int stage = 1; stage <= Stages; stage++)
        {
            T x = stage == 1 ? image : ConvBlocks.Halve(ops, maps[stage - 1]);
            maps[stage] = Stage(ops, x, stage, $"stage{stage}");
        }
        for (int stage = Stages - 1; stage >= 1; stage--)
        {
            T up = ops.UpsampleTo(maps[stage + 1], maps[stage], UpsampleMode.Bilinear);
            maps[stage] = Stage(ops, ops.Concat(up, maps[stage]), stage, $"stage{stage}d");
        }

        T[] sides = new T[Stages];
        for (int stage = 1; stage <= Stages; stage++)
        {
            T side = ops.Conv2d(maps[stage], $"side{stage}", Conv2dSpec.Same(1, kernel: 3));
            sides[stage - 1] = stage == 1 ? side : ops.UpsampleTo(side, sides[0], UpsampleMode.Bilinear);
        }
        T fused = ops.Conv2d(ops.Concat(sides), "outconv", new Conv2dSpec(1, kernel: 1));
        return new([("d0", ops.Sigmoid(fused)), .. sides.Select((side, k) => ($"d{k + 1}", ops.Sigmoid(side)))]);
    }

    // stages 1 to 4 shrink within themselves 7, 6, 5 and 4 levels deep; the last two dilate instead
    private static T Stage<T>(ITensorOps<T> ops, T x, int stage, string name) => stage <= 4
        ? ResidualUBlocks.Pooled(ops, x, name, 8 - stage, Inner, Channels)
        : ResidualUBlocks.Dilated(ops, x, name, Inner, Channels);
}
