using Matting.Trainer.Training;

namespace Matting.Trainer.Tests.Training;

/// <summary>Remembers what it is told, and may act on it.</summary>
internal sealed class CollectingObserver : ITrainingObserver
{
    public RunOverview? Run { get; private set; }

    public List<(int Epoch, int Step, StepResult Result)> Steps { get; } = [];

    public List<StepReport> Reports { get; } = [];

    public List<string> Notices { get; } = [];

    public List<int> Validated { get; } = [];

    public List<EpochReport> Epochs { get; } = [];

    public List<int> StatesAfterSteps { get; } = [];

    public Action<int> OnValidated { get; init; } = _ => { };

    public Action<int, int> OnStep { get; init; } = (_, _) => { };

    void ITrainingObserver.Starting(RunOverview run) => Run = run;

    void ITrainingObserver.Noticed(string message) => Notices.Add(message);

    void ITrainingObserver.StepTaken(StepReport step)
    {
        Reports.Add(step);
        Steps.Add((step.Epoch, step.Step, step.Result));
        OnStep(step.Epoch, step.Step);
    }

    void ITrainingObserver.Validated(int epoch, int samples)
    {
        Validated.Add(samples);
        OnValidated(epoch);
    }

    void ITrainingObserver.StateSaved(string path) => StatesAfterSteps.Add(Steps.Count);

    void ITrainingObserver.EpochDone(EpochReport epoch) => Epochs.Add(epoch);
}
