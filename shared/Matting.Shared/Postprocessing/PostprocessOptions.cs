namespace Matting.Shared.Postprocessing;

/// <summary>A post-process with all its numbers: <see cref="ComponentOptions"/> or <see cref="CalibrationOptions"/>.</summary>
public abstract record PostprocessOptions
{
    /// <summary>What options and files call no post-process at all.</summary>
    public const string None = "none";

    /// <summary>What options and files call it: <c>components</c> or <c>calibrate</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The post-process, for one thread.</summary>
    /// <exception cref="ArgumentException">A number is out of its range; the message names it.</exception>
    public abstract IAlphaPostprocess Create();

    private protected static void Check(bool holds, string message)
    {
        if (!holds)
            throw new ArgumentException(message);
    }
}
