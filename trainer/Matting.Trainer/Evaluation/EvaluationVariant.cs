using Matting.Shared.Postprocessing;

namespace Matting.Trainer.Evaluation;

/// <summary>One way to get from a network to an alpha. Several are measured in one go: the network runs once for all.</summary>
/// <param name="Flip">True: flip-TTA, the mean with the mirrored prediction of the mirrored picture.</param>
/// <param name="Post">The post-process; null: none.</param>
public sealed record EvaluationVariant(bool Flip, PostprocessOptions? Post)
{
    /// <summary>The prediction as the network gives it.</summary>
    public static EvaluationVariant Plain { get; } = new(false, null);

    /// <summary>What options and files call the augmentation: <c>flip</c> or <c>none</c>.</summary>
    public string TtaName => Flip ? "flip" : "none";

    /// <summary>What options and files call the post-process.</summary>
    public string PostName => Post?.Name ?? PostprocessOptions.None;
}
