namespace Matting.Trainer.Training.Records;

/// <summary>Keeps two processes from writing the files of one run. The system takes the lock back when its process ends, however it ends.</summary>
internal static class RunLock
{
    // far behind the end of any log: where a lock also forbids reading, nobody reads there
    private const long Place = long.MaxValue - 1;

    // EAGAIN of Linux, ERROR_LOCK_VIOLATION of Windows
    private const int Again = 11;
    private const int LockViolation = unchecked((int)0x80070021);

    /// <summary>Locks a run by a file of it that stays open as long as the run lasts.</summary>
    /// <exception cref="TrainingException">Another process has it.</exception>
    public static void Take(FileStream file)
    {
        // the other systems have no such locks in .NET
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
            return;
        try
        {
            file.Lock(Place, 1);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException { HResult: Again or LockViolation })
        {
            throw new TrainingException($"{file.Name}: another process is training this run", e);
        }
        catch (IOException)
        {
            // a file system without locks: nobody can be kept away, and training needs none
        }
    }
}
