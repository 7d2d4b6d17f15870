using System.IO.Compression;
using Matting.Shared.Numerics;

namespace Matting.Fuzz.Mutations;

/// <summary>Damage inside the members of a zip file that is then packed anew, so that sums and directories are right.</summary>
internal static class ZipMutator
{
    public static byte[] Mutate(byte[] seed, byte[] other, SeededRandom random, IReadOnlyList<byte[]> words)
    {
        List<(string Name, byte[] Data)> members = Members(seed);
        for (int i = random.Next(2); i >= 0; i--)
            Change(members, other, random, words);
        using MemoryStream packed = new();
        using (ZipArchive archive = new(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] data) in members)
            {
                using Stream stream = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
                stream.Write(data);
            }
        }
        return packed.ToArray();
    }

    private static void Change(List<(string Name, byte[] Data)> members, byte[] other, SeededRandom random, IReadOnlyList<byte[]> words)
    {
        // the first member is the pickle, where all the decisions are
        int at = random.Chance(0.8) ? 0 : random.Next(members.Count);
        (string name, byte[] data) = members[at];
        switch (random.Next(10))
        {
            case 0:
                members[at] = members[random.Next(members.Count)] with { Name = name };
                break;
            case 1:
                members.Add((name, data));
                break;
            case 2 when members.Count > 1:
                members.RemoveAt(at);
                break;
            default:
                members[at] = (name, ByteMutator.Mutate(data, other, random, words));
                break;
        }
    }

    private static List<(string Name, byte[] Data)> Members(byte[] zip)
    {
        using ZipArchive archive = new(new MemoryStream(zip), ZipArchiveMode.Read);
        List<(string, byte[])> members = [];
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            using Stream stream = entry.Open();
            using MemoryStream data = new();
            stream.CopyTo(data);
            members.Add((entry.FullName, data.ToArray()));
        }
        return members;
    }
}
