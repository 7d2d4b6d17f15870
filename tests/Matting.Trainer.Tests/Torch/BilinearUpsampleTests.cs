using System.Runtime.Intrinsics;
using Matting.Testing;
using Matting.Trainer.Torch;
using Matting.Trainer.Torch.Functions;
using TorchSharp;

namespace Matting.Trainer.Tests.Torch;

public sealed class BilinearUpsampleTests
{
    // libtorch works the weights out in float32, which alone is 4e-6 of a value at 41 columns
    private const double Float32Tolerance = 1e-5;

    // an input may go into a thousand outputs of either sign
    private const double GradientTolerance = 1e-4;

    // half a unit of the last of bfloat16's eight bits
    private const double BFloat16Relative = 1.0 / 256;

    /// <summary>Samples, channels, height and width before, height and width after.</summary>
    public static TheoryData<long[]> Sizes => new()
    {
        new long[] { 2, 16, 8, 8, 16, 16 },
        new long[] { 1, 64, 5, 7, 10, 14 },
        new long[] { 1, 16, 1, 1, 9, 4 },
        new long[] { 1, 16, 7, 5, 13, 11 },
        new long[] { 1, 32, 9, 9, 4, 5 },
        new long[] { 1, 16, 6, 6, 6, 6 },
        new long[] { 1, 16, 3, 40, 33, 41 },
        new long[] { 2, 16, 2, 3, 64, 96 },
        new long[] { 1, 48, 17, 1, 34, 1 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void It_gives_what_libtorch_gives_and_its_gradients(long[] size)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = ChannelsLast.Of(TestTensors.Random(3, size[..4])).detach().requires_grad_();
        torch.Tensor twin = x.detach().contiguous().requires_grad_();
        Assert.True(BilinearUpsample.Takes(x));

        torch.Tensor y = BilinearUpsample.Of(x, size[4], size[5]);
        torch.Tensor expected = torch.nn.functional.interpolate(twin, [size[4], size[5]], mode: torch.InterpolationMode.Bilinear, align_corners: false);
        torch.Tensor gradient = TestTensors.Random(4, expected.shape);
        y.backward([gradient]);
        expected.backward([gradient]);

        Assert.True(ChannelsLast.Is(y));
        Near.AssertClose(TensorMemory.ToFloats(expected), TensorMemory.ToFloats(y), Float32Tolerance, Float32Tolerance, "forward");
        Near.AssertClose(TensorMemory.ToFloats(twin.grad!), TensorMemory.ToFloats(x.grad!), GradientTolerance, Float32Tolerance, "gradient");
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void In_bfloat16_only_the_result_is_rounded(long[] size)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = ChannelsLast.Of(TestTensors.Random(3, size[..4]).to(torch.bfloat16)).detach().requires_grad_();
        torch.Tensor twin = x.detach().to(torch.float32).requires_grad_();

        torch.Tensor y = BilinearUpsample.Of(x, size[4], size[5]);
        torch.Tensor expected = BilinearUpsample.Of(twin, size[4], size[5]);
        torch.Tensor gradient = TestTensors.Random(4, expected.shape).to(torch.bfloat16);
        y.backward([gradient]);
        expected.backward([gradient.to(torch.float32)]);

        Assert.Equal(torch.bfloat16, y.dtype);
        // the very rounding of libtorch
        Assert.Equal(TensorMemory.ToFloats(expected.to(torch.bfloat16).to(torch.float32)), TensorMemory.ToFloats(y.to(torch.float32)));
        Near.AssertClose(TensorMemory.ToFloats(twin.grad!), TensorMemory.ToFloats(x.grad!.to(torch.float32)), 1e-6, BFloat16Relative, "gradient");
    }

    [Fact]
    public unsafe void Rounding_to_bfloat16_is_that_of_libtorch_also_where_there_is_no_number()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        float[] special =
        [
            float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0, -0f, float.MaxValue, float.MinValue, 1e-40f,
            1.00390625f, 1.01171875f, 1.0039063f, 0.99999994f, -3.1415927f, 1 / 3f, 65504, BitConverter.UInt32BitsToSingle(0x7FFFFFFF),
        ];
        ushort* halves = stackalloc ushort[special.Length];
        BFloat16Elements.Store(Vector512.Create(special), halves);

        float[] back = new float[special.Length];
        BFloat16Elements.Load(halves).CopyTo(back);
        Assert.Equal(TensorMemory.ToFloats(torch.tensor(special).to(torch.bfloat16).to(torch.float32)), back);
    }

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = ChannelsLast.Of(TestTensors.Random(3, 2, 16, 37, 21));
        int threads = torch.get_num_threads();
        float[] one, four;
        try
        {
            torch.set_num_threads(1);
            one = TensorMemory.ToFloats(BilinearUpsample.Of(x, 80, 50));
            torch.set_num_threads(4);
            four = TensorMemory.ToFloats(BilinearUpsample.Of(x, 80, 50));
        }
        finally
        {
            torch.set_num_threads(threads);
        }
        Assert.Equal(one, four);
    }

    [Fact]
    public void Only_whole_vectors_of_channels_side_by_side_are_taken()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Assert.False(BilinearUpsample.Takes(torch.zeros([1, 16, 4, 4])));
        Assert.False(BilinearUpsample.Takes(ChannelsLast.Of(torch.zeros([1, 24, 4, 4]))));
        Assert.False(BilinearUpsample.Takes(torch.zeros([1, 1, 4, 4])));
        Assert.False(BilinearUpsample.Takes(ChannelsLast.Of(torch.zeros([1, 16, 4, 4], dtype: torch.float64))));
        Assert.True(BilinearUpsample.Takes(ChannelsLast.Of(torch.zeros([1, 32, 4, 4]))));
    }

    [Fact]
    public void A_gradient_in_planes_is_taken_as_well()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor x = ChannelsLast.Of(TestTensors.Random(3, 1, 16, 4, 4)).detach().requires_grad_();
        torch.Tensor y = BilinearUpsample.Of(x, 8, 8);
        torch.Tensor planes = TestTensors.Random(5, 1, 16, 8, 8);
        y.backward([planes], retain_graph: true);
        float[] first = TensorMemory.ToFloats(x.grad!);
        x.grad = null;
        y.backward([ChannelsLast.Of(planes)]);
        Assert.Equal(first, TensorMemory.ToFloats(x.grad!));
    }
}
