using Matting.Shared.Networks;
using Matting.Shared.Numerics;
using Matting.Trainer.Torch.Functions;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace Matting.Trainer.Torch;

/// <summary>
/// Interprets the algebra of operations with tensors, for one forward pass. Feature maps are freed after
/// their last use, and rectified in place where nothing else looks at them; what the backward pass
/// needs is kept alive by autograd itself.
/// </summary>
internal sealed class TorchOps : ITensorOps<torch.Tensor>
{
    private readonly ParameterStore _parameters;
    private readonly TensorLifetimes _lifetimes;
    private readonly torch.ScalarType _type;
    private readonly bool _training;
    private readonly long _dropoutKey;
    private readonly Dictionary<torch.Tensor, int> _values = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<torch.Tensor> _writable = new(ReferenceEqualityComparer.Instance);
    private int _operation;

    /// <summary>Begins a forward pass.</summary>
    /// <param name="parameters">The weights; training updates their statistics.</param>
    /// <param name="lifetimes">Those of the same network.</param>
    /// <param name="type">In which convolutions are computed; master weights, batch-norm and sigmoids stay in float32.</param>
    /// <param name="mode">Training or evaluation.</param>
    /// <param name="image">The image; it stays alive.</param>
    /// <param name="dropoutKey">Decides what dropout drops, together with the layer's name.</param>
    public TorchOps(
        ParameterStore parameters, TensorLifetimes lifetimes, torch.ScalarType type, ForwardMode mode, torch.Tensor image, long dropoutKey)
    {
        (_parameters, _lifetimes, _type, _training, _dropoutKey) = (parameters, lifetimes, type, mode == ForwardMode.Training, dropoutKey);
        _values[image] = 0;
    }

    public torch.Tensor Conv2d(torch.Tensor x, string name, Conv2dSpec spec)
    {
        // the cast is part of the graph: its gradient arrives at the master weights in float32
        using torch.Tensor weight = _parameters[name + ".weight"].to(_type);
        using torch.Tensor? bias = spec.Bias ? _parameters[name + ".bias"].to(_type) : null;
        return Writable(Result(
            functional.conv2d(x, weight, bias, [spec.Stride, spec.Stride],
                [spec.Padding, spec.Padding], [spec.Dilation, spec.Dilation], spec.Groups), x));
    }

    public torch.Tensor BatchNorm2d(torch.Tensor x, string name, BatchNorm2dSpec spec)
    {
        if (_training)
            CountBatch(x, name);
        return Writable(Result(
            functional.batch_norm(x, _parameters[name + ".running_mean"], _parameters[name + ".running_var"],
                _parameters[name + ".weight"], _parameters[name + ".bias"], _training, spec.Momentum, spec.Epsilon), x));
    }

    public torch.Tensor Relu(torch.Tensor x) =>
        _writable.Remove(x) && _lifetimes.EndsAt(_values[x], _operation + 1) ? InPlace(x.relu_()) : Result(x.relu(), x);

    public torch.Tensor Sigmoid(torch.Tensor x)
    {
        using torch.Tensor logits = x.to(torch.ScalarType.Float32);
        return Result(logits.sigmoid(), x);
    }

    public torch.Tensor MaxPool2d(torch.Tensor x, MaxPool2dSpec spec) => Result(
        functional.max_pool2d(x, [spec.Kernel, spec.Kernel], [spec.Stride, spec.Stride],
            [spec.Padding, spec.Padding], [1, 1], spec.CeilMode), x);

    public torch.Tensor UpsampleTo(torch.Tensor x, torch.Tensor like, UpsampleMode mode) =>
        Result(Resample(x, like.shape[2], like.shape[3], mode), x, like);

    public torch.Tensor UpsampleBy(torch.Tensor x, int factor, UpsampleMode mode) =>
        Result(Resample(x, x.shape[2] * factor, x.shape[3] * factor, mode), x);

    public torch.Tensor Concat(params ReadOnlySpan<torch.Tensor> xs) => Result(torch.cat(xs.ToArray(), 1), xs);

    public torch.Tensor Add(torch.Tensor a, torch.Tensor b) => Writable(Result(a.add(b), a, b));

    public torch.Tensor Mul(torch.Tensor a, torch.Tensor b) => Result(a.mul(b), a, b);

    public torch.Tensor Dropout2d(torch.Tensor x, string name, double probability)
    {
        if (!_training || probability == 0)
            return Result(x.alias(), x);
        long samples = x.shape[0], channels = x.shape[1];
        // a sequence of its own for each layer and step: no other random number moves it
        SeededRandom random = new([_dropoutKey, .. name.Select(letter => (long)letter)]);
        float[] scales = new float[samples * channels];
        foreach (ref float scale in scales.AsSpan())
            scale = random.Chance(probability) ? 0 : (float)(1 / (1 - probability));
        using torch.Tensor mask = TensorMemory.FromFloats(scales, [samples, channels, 1, 1], x.device);
        return Result(x.mul(mask), x);
    }

    private static torch.Tensor Resample(torch.Tensor x, long height, long width, UpsampleMode mode) => mode switch
    {
        UpsampleMode.Bilinear when BilinearUpsample.Takes(x) => BilinearUpsample.Of(x, height, width),
        UpsampleMode.Bilinear => functional.interpolate(x, [height, width], mode: torch.InterpolationMode.Bilinear, align_corners: false),
        UpsampleMode.Nearest => functional.interpolate(x, [height, width], mode: torch.InterpolationMode.Nearest),
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "not a known mode"),
    };

    private void CountBatch(torch.Tensor x, string name)
    {
        long values = x.numel() / x.shape[1];
        // the unbiased variance of one value is 0/0, and would stay in the running statistics for ever
        if (values == 1)
        {
            throw new TrainingException(
                $"{name}: batch-norm cannot train on a single value per channel; use a larger crop or batch, or leave no single sample over");
        }
        _parameters[name + ".num_batches_tracked"].add_(1);
    }

    private torch.Tensor Writable(torch.Tensor made)
    {
        _writable.Add(made);
        return made;
    }

    private torch.Tensor InPlace(torch.Tensor changed)
    {
        _values[changed] = ++_operation;
        return changed;
    }

    private torch.Tensor Result(torch.Tensor made, params ReadOnlySpan<torch.Tensor> inputs)
    {
        _operation++;
        foreach (torch.Tensor input in inputs)
        {
            // the same tensor may stand twice among the inputs
            if (!_values.TryGetValue(input, out int value) || !_lifetimes.EndsAt(value, _operation))
                continue;
            _values.Remove(input);
            _writable.Remove(input);
            input.Dispose();
        }
        _values.Add(made, _operation);
        return made;
    }
}
