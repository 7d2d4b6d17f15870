using Matting.Trainer.Training;

namespace Matting.Trainer.Cli;

/// <summary>Guesses what is left of a run, from what its steps and validations took so far.</summary>
/// <param name="run">How much there is to do.</param>
/// <param name="clock">Measures the validations; steps bring their own time.</param>
internal sealed class RemainingTime(RunOverview run, TimeProvider clock)
{
    private readonly long _valSamples = (long)run.ValSamples * run.Validations;
    private TimeSpan _pastTime, _epochTime, _judgingTime;
    private long _pastSamples, _epochSamples, _judgedSamples;
    private long _judging;
    private int _epoch;

    /// <summary>Samples judged in the validation that is under way.</summary>
    public long Judged { get; private set; }

    /// <summary>Samples judged a second in the validation that is under way; 0: not known yet.</summary>
    public double JudgedPerSecond { get; private set; }

    /// <summary>What is left of the training part of the epoch.</summary>
    public TimeSpan Epoch => SampleTime * (run.TrainSamples - _epochSamples);

    /// <summary>What is left of the validation that is under way.</summary>
    public TimeSpan Validation => JudgedTime * (_valSamples - Judged);

    /// <summary>What is left of the run. Validations count as soon as the first one has told how long they take.</summary>
    public TimeSpan Run => Epoch + Validation + (SampleTime * run.TrainSamples + JudgedTime * _valSamples) * (run.Epochs - _epoch);

    private TimeSpan SampleTime => _pastSamples + _epochSamples == 0 ? default : (_pastTime + _epochTime) / (_pastSamples + _epochSamples);

    private TimeSpan JudgedTime => _judgedSamples == 0 ? default : _judgingTime / _judgedSamples;

    /// <summary>Takes a step into account.</summary>
    public void Add(StepReport step)
    {
        if (step.Epoch != _epoch)
        {
            (_pastTime, _pastSamples) = (_pastTime + _epochTime, _pastSamples + _epochSamples);
            (_epoch, Judged, JudgedPerSecond) = (step.Epoch, 0, 0);
        }
        (_epochTime, _epochSamples) = (step.EpochTime, step.EpochSamples);
        // after an epoch's last step its validation begins, long before the first report of it
        _judging = clock.GetTimestamp();
    }

    /// <summary>Takes judged samples into account.</summary>
    public void Add(int epoch, int judged)
    {
        if (epoch != _epoch)
        {
            // a run that goes on in the middle of a validation: the time of this report's samples is not known
            (_epoch, _epochSamples, Judged, _judging) = (epoch, run.TrainSamples, judged, clock.GetTimestamp());
            return;
        }
        long now = clock.GetTimestamp();
        TimeSpan took = clock.GetElapsedTime(_judging, now);
        (_judging, _judgingTime) = (now, _judgingTime + took);
        _judgedSamples += judged;
        Judged += judged;
        JudgedPerSecond = _judgingTime > TimeSpan.Zero ? _judgedSamples / _judgingTime.TotalSeconds : 0;
    }
}
