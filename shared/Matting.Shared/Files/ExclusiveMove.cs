using System.Runtime.InteropServices;

namespace Matting.Shared.Files;

/// <summary>Moves a file to a name that must be free, in one step.</summary>
internal static partial class ExclusiveMove
{
    private const int FileExists = 17; // EEXIST, the same number on Linux and macOS

    /// <summary>Moves a file within its folder.</summary>
    /// <remarks>
    /// On Unix <see cref="File.Move(string, string, bool)"/> looks whether the target is free and then renames, and between
    /// the two somebody else may take the name and lose his file. A hard link is refused by the system itself when the name is taken.
    /// </remarks>
    /// <exception cref="IOException">The name is taken, or the system refuses.</exception>
    public static void Move(string source, string target)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (Link(source, target) == 0)
            {
                File.Delete(source);
                return;
            }
            if (Marshal.GetLastPInvokeError() == FileExists)
                throw new IOException($"{target}: the file exists already");
            // a file system without hard links: the ordinary move is the best there is
        }
        File.Move(source, target, overwrite: false);
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string source, string target);
}
