namespace Matting.Runtime.Caching;

/// <summary>What tells a file from what it was before: its length and the time of its last change.</summary>
/// <param name="Length">Bytes; 0 when there is no such file.</param>
/// <param name="Changed">Time of the last change in UTC; default when there is no such file.</param>
internal readonly record struct FileStamp(long Length, DateTime Changed)
{
    /// <summary>Reads both from one open file, so that they belong together, and behind a link those of its target.</summary>
    public static FileStamp Of(string path)
    {
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            return new(RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file));
        }
        // loading it says what is wrong with it
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}
