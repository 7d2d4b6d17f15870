namespace Matting.Trainer.Torch;

/// <summary>How a network is run.</summary>
public enum ForwardMode
{
    /// <summary>Batch-norm uses and updates its statistics, dropout drops, gradients are recorded.</summary>
    Training,

    /// <summary>Batch-norm uses its running statistics, dropout is the identity, nothing is recorded.</summary>
    Evaluation,
}
