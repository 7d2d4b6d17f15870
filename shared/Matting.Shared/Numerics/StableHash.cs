using System.Text;

namespace Matting.Shared.Numerics;

/// <summary>A hash that is the same in every process and on every machine, to make numbers of names.</summary>
public static class StableHash
{
    /// <summary>FNV-1a with 64 bits (Fowler, Noll, Vo) over the name's UTF-8 bytes. Not for cryptography.</summary>
    public static ulong Fnv1a(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        ulong hash = 14695981039346656037;
        foreach (byte part in Encoding.UTF8.GetBytes(name))
            hash = (hash ^ part) * 1099511628211;
        return hash;
    }
}
