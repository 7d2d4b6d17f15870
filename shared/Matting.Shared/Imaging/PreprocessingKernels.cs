using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Matting.Shared.Imaging;

/// <summary>Inner loops of <see cref="Preprocessing"/>; the callers have checked the lengths.</summary>
internal static class PreprocessingKernels
{
    /// <summary>Takes one interleaved RGB row apart and looks every level up in its channel's table.</summary>
    internal static void SplitRow(ReadOnlySpan<byte> rgb, NormalisationProfile profile, Span<float> red, Span<float> green, Span<float> blue)
    {
        // Tables have 256 entries and a byte indexes them, rows have three bytes a pixel: no index can leave its span.
        ref float redLevels = ref MemoryMarshal.GetReference(profile.Levels(0));
        ref float greenLevels = ref MemoryMarshal.GetReference(profile.Levels(1));
        ref float blueLevels = ref MemoryMarshal.GetReference(profile.Levels(2));
        ref byte source = ref MemoryMarshal.GetReference(rgb);
        ref float redOut = ref MemoryMarshal.GetReference(red);
        ref float greenOut = ref MemoryMarshal.GetReference(green);
        ref float blueOut = ref MemoryMarshal.GetReference(blue);
        for (nuint x = 0; x < (nuint)red.Length; x++)
        {
            nuint at = x * 3;
            Unsafe.Add(ref redOut, x) = Unsafe.Add(ref redLevels, (nuint)Unsafe.Add(ref source, at));
            Unsafe.Add(ref greenOut, x) = Unsafe.Add(ref greenLevels, (nuint)Unsafe.Add(ref source, at + 1));
            Unsafe.Add(ref blueOut, x) = Unsafe.Add(ref blueLevels, (nuint)Unsafe.Add(ref source, at + 2));
        }
    }

    /// <summary>Looks every byte up in one table of 256 entries.</summary>
    internal static void LookUp(ReadOnlySpan<byte> levels, ReadOnlySpan<float> table, Span<float> values)
    {
        ref float entry = ref MemoryMarshal.GetReference(table[..256]);
        ref byte source = ref MemoryMarshal.GetReference(levels);
        for (int i = 0; i < values.Length; i++)
            values[i] = Unsafe.Add(ref entry, (nuint)Unsafe.Add(ref source, i));
    }
}
