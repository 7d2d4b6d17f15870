using System.Security.Cryptography;

namespace Matting.Shared.Files;

/// <summary>Fingerprints of files.</summary>
public static class FileHash
{
    /// <summary>SHA-256 of a file's content as 64 lower-case hexadecimal digits; reads in pieces, whatever the size.</summary>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static string Sha256(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 20, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
