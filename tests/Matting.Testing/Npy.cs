using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Matting.Testing;

/// <summary>A NumPy version 1 array in memory: C order, little endian.</summary>
public sealed partial class Npy
{
    private Npy(string file, string type, long[] shape, byte[] bytes) =>
        (File, DType, Shape, Bytes) = (file, type, shape, bytes);

    /// <summary>Where it came from.</summary>
    public string File { get; }

    /// <summary>NumPy's name of the element type, for instance <c>&lt;f4</c> or <c>|u1</c>.</summary>
    public string DType { get; }

    /// <summary>Dimensions, empty for a scalar.</summary>
    public long[] Shape { get; }

    /// <summary>The elements' bytes, C order.</summary>
    public byte[] Bytes { get; }

    /// <summary>The elements of a <c>&lt;f4</c> array.</summary>
    public float[] Floats => As<float>("<f4");

    /// <summary>The elements of a <c>&lt;f8</c> array.</summary>
    public double[] Doubles => As<double>("<f8");

    /// <summary>The elements of a <c>&lt;i8</c> array.</summary>
    public long[] Longs => As<long>("<i8");

    /// <summary>Reads a file written by <c>numpy.save</c>.</summary>
    public static Npy Read(string file)
    {
        byte[] all = System.IO.File.ReadAllBytes(file);
        if (all.Length < 10 || all[0] != 0x93 || !all.AsSpan(1, 5).SequenceEqual("NUMPY"u8))
            throw new InvalidDataException($"{file}: not a .npy file");
        int headerLength = BinaryPrimitives.ReadUInt16LittleEndian(all.AsSpan(8));
        string header = Encoding.ASCII.GetString(all, 10, headerLength);
        Match match = HeaderPattern().Match(header);
        if (all[6] != 1 || !match.Success || match.Groups["fortran"].Value != "False")
            throw new InvalidDataException($"{file}: unexpected .npy header {header.Trim()}");
        long[] shape = [.. match.Groups["shape"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => long.Parse(part, CultureInfo.InvariantCulture))];
        return new Npy(file, match.Groups["type"].Value, shape, all[(10 + headerLength)..]);
    }

    private T[] As<T>(string type) where T : struct =>
        DType == type ? MemoryMarshal.Cast<byte, T>(Bytes).ToArray() : throw new InvalidDataException($"{File}: {DType}, not {type}");

    [GeneratedRegex(@"'descr': '(?<type>[^']+)', 'fortran_order': (?<fortran>\w+), 'shape': \((?<shape>[^)]*)\)")]
    private static partial Regex HeaderPattern();
}
