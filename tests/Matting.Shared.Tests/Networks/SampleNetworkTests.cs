using Matting.Shared.Networks;
using Matting.Testing;

namespace Matting.Shared.Tests.Networks;

/// <summary>The contract on a network with strides, groups, gates, dropout and an output of another size.</summary>
public sealed class SampleNetworkTests : NetworkContract
{
    protected override INetwork Network { get; } = new SampleNetwork();

    // the convolutions' weights and biases, then three normalisations of 8 channels
    protected override long TrainableParameters =>
        8 * 3 * 49 + (8 * 2 * 9 + 8) + (4 * 8 + 4) + (4 + 1) + (8 * 16 * 9 + 8) + (3 * 8 * 9 + 3) + (16 * 9 + 1) + (2 * 8 * 4 + 2) + 3 * 16;

    protected override int Entries => 1 + 7 * 2 + 3 * 5;

    protected override IReadOnlyList<(int Position, string Name, long[] Shape)> SomeEntries =>
    [
        (0, "encoder.conv1.weight", [8, 3, 7, 7]),
        (1, "encoder.bn1.weight", [8]),
        (6, "encoder.conv2.weight", [8, 2, 3, 3]),
        (13, "encoder.bn3.weight", [8]),
        (29, "aux.bias", [2]),
    ];

    protected override IReadOnlyList<(int Height, int Width)> Sizes => [(1, 1), (2, 5), (7, 4), (16, 12), (64, 33)];

    protected override bool OutputsHaveTheImagesSize => false;
}
