namespace Matting.Trainer.Tracking;

/// <summary>How a run of MLflow stands, with MLflow's numbers.</summary>
internal enum MlflowStatus
{
    Running = 1,
    Finished = 3,
    Failed = 4,
    Killed = 5,
}
