namespace Matting.Trainer.Training.Resuming;

/// <summary>Asks a run from outside to save its state; any thread may ask.</summary>
public sealed class SaveRequest
{
    private int _asked;

    /// <summary>The run saves its state when it is next between two steps, and goes on.</summary>
    public void Ask() => Interlocked.Exchange(ref _asked, 1);

    /// <summary>True once for each time somebody asked.</summary>
    internal bool Take() => Interlocked.Exchange(ref _asked, 0) == 1;
}
