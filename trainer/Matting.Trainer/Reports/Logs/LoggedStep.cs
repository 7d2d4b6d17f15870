namespace Matting.Trainer.Reports.Logs;

/// <summary>A training step of a run's <c>log.jsonl</c>.</summary>
/// <param name="Step">The step of the run, from 1.</param>
/// <param name="Epoch">Its epoch, from 1.</param>
/// <param name="Samples">Samples in the step.</param>
/// <param name="Loss">Their mean loss.</param>
/// <param name="Mse">Their mean MSE.</param>
/// <param name="Lr">The learning rate it was taken with.</param>
/// <param name="EpochSeconds">Time of the epoch up to and with it.</param>
/// <param name="EpochWaited">How many of these seconds were spent waiting for data.</param>
internal sealed record LoggedStep(
    long Step, int Epoch, double? Samples, double? Loss, double? Mse, double? Lr, double? EpochSeconds, double? EpochWaited);
