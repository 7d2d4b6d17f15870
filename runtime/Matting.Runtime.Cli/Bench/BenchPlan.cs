using Matting.CommandLine.Options;
using Matting.Shared.Postprocessing;

namespace Matting.Runtime.Cli.Bench;

/// <summary>What is measured: every combination of these.</summary>
internal sealed record BenchPlan
{
    /// <summary>The model's file.</summary>
    public required string Model { get; init; }

    /// <summary>What a foreign model does not say about itself.</summary>
    public required MattingModelOptions Description { get; init; }

    public required IReadOnlyList<string> Devices { get; init; }

    /// <summary>Null stands for the threads that the runtime takes by itself.</summary>
    public required IReadOnlyList<int?> Threads { get; init; }

    /// <summary>Null: the model's own, or <see cref="SizesOfOpenModels"/>.</summary>
    public required IReadOnlyList<PictureSize>? Sizes { get; init; }

    public required IReadOnlyList<int> Batches { get; init; }

    public required IReadOnlyList<TestTimeAugmentation> Ttas { get; init; }

    /// <summary>What the stages and the pipeline do with each alpha; null: nothing.</summary>
    public required PostprocessOptions? Post { get; init; }

    /// <summary>What the stages and the pipeline make of it.</summary>
    public required ResultOptions Result { get; init; }

    /// <summary>Time of a row of the tables, all rounds together; a stage takes a tenth of it.</summary>
    public required TimeSpan Time { get; init; }

    /// <summary>Runs of a row at least, however long they take.</summary>
    public required int Runs { get; init; }

    /// <summary>Models of open size are measured at these.</summary>
    public static IReadOnlyList<PictureSize> SizesOfOpenModels { get; } = [new(512, 512), new(1024, 1024)];
}
