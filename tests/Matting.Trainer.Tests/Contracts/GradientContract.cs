using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Matting.Trainer.Tests.Contracts;

/// <summary>Every differentiable operation that the trainer uses, against central differences in float64.</summary>
public sealed class GradientContract
{
    private const double Step = 1e-6;

    // the error of a central difference in float64: step squared times a third derivative, and rounding over the step
    private const double Tolerance = 1e-7;

    private static readonly Dictionary<string, Func<Tensor, Tensor>> Functions = new()
    {
        ["add"] = x => x + x * 2 + 1,
        ["sub"] = x => 1 - x.sub(x * 0.25),
        ["mul"] = x => x * x,
        ["div"] = x => x / (x + 3),
        ["pow"] = x => x.pow(3),
        ["square"] = x => x.square(),
        ["exp"] = x => x.exp(),
        ["log"] = x => (x + 3).log(),
        ["sqrt"] = x => (x + 3).sqrt(),
        ["rsqrt"] = x => (x + 3).rsqrt(),
        ["abs"] = x => x.abs(),
        ["clamp"] = x => x.clamp(-0.5, 0.5),
        ["where"] = x => where(x > 0, x * 2, x * x),
        ["maximum"] = x => x.maximum(-x * 0.5),
        ["relu"] = x => x.relu(),
        ["sigmoid"] = x => x.sigmoid(),
        ["tanh"] = x => x.tanh(),
        ["softmax"] = x => x.softmax(1),
        ["log softmax"] = x => x.log_softmax(1),
        ["sum"] = x => x.sum([2, 3]) * x.sum(),
        ["mean"] = x => x.mean([1, 2]) + x.mean(),
        ["amax"] = x => x.amax([2, 3]),
        ["max"] = x => x.max(3).values,
        ["var"] = x => x.var([0, 2, 3], unbiased: false),
        ["permute"] = x => x.permute(0, 2, 3, 1).contiguous() * x.permute(0, 2, 3, 1),
        ["reshape"] = x => x.reshape(2, -1).matmul(x.reshape(2, -1).t()),
        ["narrow"] = x => x.narrow(2, 1, 2) * x.narrow(2, 0, 2),
        ["cat"] = x => cat([x, x * x], 1),
        ["stack"] = x => stack([x, -x]),
        ["flip"] = x => x.flip(3) * x,
        ["expand"] = x => x.narrow(1, 0, 1).expand(x.shape) * x,
        ["convolution"] = x => F.conv2d(x, Numbers.Doubles(1, 4, 3, 3, 3), Numbers.Doubles(2, 4), padding: [1, 1]),
        ["dilated convolution"] = x => F.conv2d(x, Numbers.Doubles(1, 4, 3, 3, 3), padding: [2, 2], dilation: [2, 2]),
        ["strided convolution"] = x => F.conv2d(x, Numbers.Doubles(1, 4, 3, 3, 3), strides: [2, 2], padding: [1, 1]),
        ["kernel of a convolution"] = x => F.conv2d(Numbers.Doubles(3, 1, 3, 6, 6), x, padding: [1, 1]),
        ["max pool"] = x => F.max_pool2d(x, 2, 2, ceil_mode: true),
        ["average pool"] = x => F.avg_pool2d(x, 2),
        ["adaptive pool"] = x => F.adaptive_avg_pool2d(x, 1),
        ["batch norm in training"] = x => F.batch_norm(x, null, null, Numbers.Doubles(4, 3), Numbers.Doubles(5, 3), training: true),
        ["batch norm in evaluation"] = x => F.batch_norm(x, zeros([3], float64), ones([3], float64)),
        ["bilinear up"] = x => F.interpolate(x, [7, 9], mode: InterpolationMode.Bilinear, align_corners: false),
        ["bilinear down"] = x => F.interpolate(x, [3, 2], mode: InterpolationMode.Bilinear, align_corners: true),
        ["nearest"] = x => F.interpolate(x, scale_factor: [2, 2]),
        ["pad"] = x => F.pad(x, (1, 1, 1, 1), PaddingModes.Reflect),
        ["mse loss"] = x => F.mse_loss(x, Numbers.Doubles(6, 2, 3, 4, 4)),
        ["l1 loss"] = x => F.l1_loss(x, Numbers.Doubles(6, 2, 3, 4, 4)),
        ["binary cross entropy"] = x => F.binary_cross_entropy_with_logits(x, Numbers.Doubles(6, 2, 3, 4, 4).abs()),
        ["conversion"] = x => x.to(ScalarType.Float64, copy: true) * 2,
        ["clone"] = x => x.clone() * x,
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_is_the_slope(string name)
    {
        long[] shape = name == "kernel of a convolution" ? [4, 3, 3, 3] : [2, 3, 4, 4];
        double[] values = Numbers.Some((int)shape.Aggregate((a, b) => a * b), seed: 20);
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(values, shape, requires_grad: true);
        Weighted(x).backward();
        double[] gradient = Numbers.Of(x.grad!);

        using IDisposable plain = no_grad();
        for (int i = 0; i < values.Length; i += 5)
        {
            using DisposeScope each = NewDisposeScope();
            double slope = (Moved(i, Step) - Moved(i, -Step)) / (2 * Step);
            Assert.True(Math.Abs(slope - gradient[i]) <= Tolerance * Math.Max(1, Math.Abs(slope)), $"{name}, element {i}: gradient {gradient[i]:R}, slope {slope:R}");
        }

        double Moved(int i, double by)
        {
            double[] moved = [.. values];
            moved[i] += by;
            return Weighted(tensor(moved, shape)).item<double>();
        }

        // A weight for each element of the result, so that each of them is seen.
        Tensor Weighted(Tensor input)
        {
            Tensor result = Functions[name](input);
            return (result * Numbers.Doubles(30, result.shape)).sum();
        }
    }
}
