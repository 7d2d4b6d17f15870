using Matting.Shared.Weights.Pickle;
using Matting.Trainer.Torch;
using TorchSharp;

namespace Matting.Trainer.Optimisers;

/// <summary>Settings of <see cref="Adam"/>; the defaults are PyTorch's of AdamW.</summary>
public sealed record AdamOptions
{
    /// <summary>The learning rate.</summary>
    public double Lr { get; init; } = 1e-3;

    /// <summary>How much of the running mean of the gradient a step keeps, in [0, 1).</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>How much of the running mean of the squared gradient a step keeps, in [0, 1).</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of the running square.</summary>
    public double Eps { get; init; } = 1e-8;

    /// <summary>Pull of the weights towards zero.</summary>
    public double WeightDecay { get; init; } = 1e-2;

    /// <summary>
    /// True: the decay shrinks the weights by lr * decay beside the gradient (AdamW, Loshchilov and Hutter 2019);
    /// false: decay * weight is part of the gradient (an L2 penalty).
    /// </summary>
    public bool Decoupled { get; init; } = true;
}

/// <summary>
/// Adam (Kingma and Ba 2015, algorithm 1) with either kind of weight decay, in the order of operations of PyTorch's
/// single-tensor implementation, so that its roundings are met.
/// </summary>
public sealed class Adam : IOptimiser
{
    private readonly AdamState[] _states;

    /// <summary>Starts with running means of zero.</summary>
    /// <param name="parameters">What is moved; it stays the caller's.</param>
    /// <param name="options">The settings; the learning rate may change later.</param>
    public Adam(IReadOnlyList<NamedParameter> parameters, AdamOptions options)
    {
        (Options, Lr) = (options, options.Lr);
        _states = [.. parameters.Select(parameter => new AdamState(parameter))];
    }

    /// <summary>The settings it started with.</summary>
    public AdamOptions Options { get; }

    /// <inheritdoc/>
    public double Lr { get; set; }

    /// <summary>What is remembered of each parameter, in their order.</summary>
    public IReadOnlyList<AdamState> States => _states;

    /// <inheritdoc/>
    public void Step()
    {
        using IDisposable noGradient = torch.no_grad();
        foreach (AdamState state in _states)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            if (state.Parameter.Value.grad is { } gradient)
                Step(state, gradient);
        }
    }

    /// <inheritdoc/>
    public void ZeroGradients()
    {
        foreach (AdamState state in _states)
            state.Parameter.Value.grad = null;
    }

    /// <summary>The state in PyTorch's layout, see <see cref="AdamCheckpoint"/>.</summary>
    public PickleDict Save() => AdamCheckpoint.Save(this);

    /// <inheritdoc/>
    public void Load(PickleDict saved, string file) => AdamCheckpoint.Load(this, saved, file);

    /// <summary>Frees the running means.</summary>
    public void Dispose()
    {
        foreach (AdamState state in _states)
            state.Dispose();
    }

    private void Step(AdamState state, torch.Tensor gradient)
    {
        torch.Tensor weights = state.Parameter.Value;
        state.Step++;
        if (Options.Decoupled)
            weights.mul_(1 - Lr * Options.WeightDecay);
        else if (Options.WeightDecay != 0)
            gradient = gradient.add(weights, Options.WeightDecay);
        state.ExpAvg.mul_(Options.Beta1).add_(gradient, 1 - Options.Beta1);
        state.ExpAvgSq.mul_(Options.Beta2).addcmul_(gradient, gradient, 1 - Options.Beta2);
        double correction1 = 1 - Math.Pow(Options.Beta1, state.Step);
        double correction2 = 1 - Math.Pow(Options.Beta2, state.Step);
        torch.Tensor root = state.ExpAvgSq.sqrt().div_(Math.Sqrt(correction2)).add_(Options.Eps);
        weights.addcdiv_(state.ExpAvg, root, -Lr / correction1);
    }
}
