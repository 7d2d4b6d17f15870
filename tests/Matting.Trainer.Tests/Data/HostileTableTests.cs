using System.Text;
using Matting.Shared.Numerics;
using Matting.Testing;
using Matting.Trainer.Data;

namespace Matting.Trainer.Tests.Data;

/// <summary>Damaged tables of samples: a table or the one exception, nothing else.</summary>
public sealed class HostileTableTests : IDisposable
{
    private const int Mutations = 1000;

    private static readonly string[] Words = ["\"", "\"\"", ",", "\n", "\r\n", "\r", "\0", "image_path", "alpha_path", "..", "/", "\\", "//", " ", "\t", "\ufeff", "\ufffd", "\ud83d\ude00"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_damaged_table_gives_rows_or_the_one_exception()
    {
        string[] names = [.. Enumerable.Range(0, 4).SelectMany(i => new[] { $"image {i}.png", $"alpha{i}.png" })];
        foreach (string name in names)
            File.WriteAllBytes(_folder.File(name), []);
        byte[] table = Encoding.UTF8.GetBytes("image_path,alpha_path,note\n" + string.Concat(names.Chunk(2).Select(pair => $"\"{pair[0]}\",{pair[1]},\"a \"\"b\"\"\"\n")));
        string file = _folder.File("table.csv");
        int read = 0;
        for (int i = 0; i < Mutations; i++)
        {
            File.WriteAllBytes(file, Mutate(table, new SeededRandom(12, i)));
            try
            {
                Assert.NotEmpty(SampleTableReader.Read(file).Rows);
                read++;
            }
            catch (SampleTableException refused)
            {
                Assert.All(refused.Problems, problem => Assert.Equal(file, problem.File));
            }
        }
        // the damage is mild enough for some to be read
        Assert.InRange(read, 1, Mutations - 1);
    }

    // one to four changes: a byte set, a bit turned, a piece removed, doubled, a word put in, an end too early
    private static byte[] Mutate(byte[] table, SeededRandom random)
    {
        List<byte> bytes = [.. table];
        for (int changes = random.Next(4); changes >= 0 && bytes.Count > 8; changes--)
        {
            int at = random.Next(bytes.Count - 4), length = random.Next(Math.Min(24, bytes.Count - at)) + 1;
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 4:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)]));
                    break;
                default:
                    bytes.RemoveRange(bytes.Count - Math.Min(length, bytes.Count), Math.Min(length, bytes.Count));
                    break;
            }
        }
        return [.. bytes];
    }
}
