using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Matting.Trainer.Tests.Contracts;

/// <summary>Convolution, batch norm, pooling, interpolation and AdamW by tensor operations: a training step as the trainer has it, in small.</summary>
internal sealed class TinyTraining : IDisposable
{
    private const double Rate = 1e-2;
    private const double Decay = 1e-2;

    private readonly Tensor[] _parameters;
    private readonly Tensor[] _means;
    private readonly Tensor[] _squares;
    private readonly Tensor _runningMean = zeros(4);
    private readonly Tensor _runningVar = ones(4);
    private readonly Tensor _image;
    private readonly Tensor _target;
    private int _step;

    public TinyTraining(long seed)
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(seed);
        _parameters = [Leaf(randn(4, 3, 3, 3) * 0.2), Leaf(ones(4)), Leaf(zeros(4)), Leaf(randn(1, 4, 1, 1) * 0.2), Leaf(zeros(1))];
        _means = [.. _parameters.Select(p => zeros_like(p).DetachFromDisposeScope())];
        _squares = [.. _parameters.Select(p => zeros_like(p).DetachFromDisposeScope())];
        // smooth, so that a network that pools can learn it
        _image = F.interpolate(rand(2, 3, 2, 2), [8, 8], mode: InterpolationMode.Bilinear, align_corners: true).DetachFromDisposeScope();
        _target = _image.mean([1], keepdim: true).DetachFromDisposeScope();
    }

    /// <summary>One step; gives the loss before it.</summary>
    public float Step()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor loss = Loss();
        loss.backward();
        Update();
        return loss.ToSingle();
    }

    /// <summary>All parameters in one row.</summary>
    public float[] Weights()
    {
        using DisposeScope scope = NewDisposeScope();
        return cat([.. _parameters.Select(p => p.detach().flatten())]).data<float>().ToArray();
    }

    public void Dispose()
    {
        foreach (Tensor parameter in _parameters)
        {
            parameter.grad?.Dispose();
            parameter.Dispose();
        }

        foreach (Tensor tensor in (Tensor[])[.. _means, .. _squares, _runningMean, _runningVar, _image, _target]) tensor.Dispose();
    }

    private static Tensor Leaf(Tensor tensor) => tensor.detach().requires_grad_().DetachFromDisposeScope();

    private Tensor Loss()
    {
        Tensor x = F.conv2d(_image, _parameters[0], padding: [1, 1]);
        x = F.batch_norm(x, _runningMean, _runningVar, _parameters[1], _parameters[2], training: true).relu();
        x = F.interpolate(F.max_pool2d(x, 2, 2, ceil_mode: true), [8, 8], mode: InterpolationMode.Bilinear, align_corners: false);
        Tensor alpha = F.conv2d(x, _parameters[3], _parameters[4]).sigmoid();
        return F.mse_loss(alpha, _target) + F.l1_loss(alpha, _target);
    }

    private void Update()
    {
        using IDisposable plain = no_grad();
        _step++;
        for (int i = 0; i < _parameters.Length; i++)
        {
            Tensor gradient = _parameters[i].grad!;
            _parameters[i].mul_(1 - Rate * Decay);
            _means[i].mul_(0.9).add_(gradient, 0.1);
            _squares[i].mul_(0.999).addcmul_(gradient, gradient, 0.001);
            Tensor root = _squares[i].sqrt().div_(Math.Sqrt(1 - Math.Pow(0.999, _step))).add_(1e-8);
            _parameters[i].addcdiv_(_means[i], root, -Rate / (1 - Math.Pow(0.9, _step)));
            gradient.zero_();
        }
    }
}
