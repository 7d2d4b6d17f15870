namespace SixLabors.ImageSharp.Decoding;

/// <summary>The run-length codes RLE4 and RLE8 of BMP.</summary>
internal static class BmpRunLength
{
    private const int EndOfLine = 0;
    private const int EndOfPicture = 1;
    private const int Skip = 2;

    /// <summary>Palette indices, one byte a pixel, rows in file order; pixels that the file skips are 0.</summary>
    internal static byte[] Decode(ReadOnlySpan<byte> content, BmpHeader header)
    {
        byte[] indices = new byte[(long)header.Width * header.Height];
        bool nibbles = header.Compression == BmpHeader.Rle4;
        int at = 0;
        int x = 0;
        int y = 0;
        while (y < header.Height)
        {
            (int count, int value) = Pair(content, ref at);
            if (count > 0)
            {
                for (int i = 0; i < count; i++)
                    Put(indices, header, x++, y, nibbles ? (i % 2 == 0 ? value >> 4 : value & 15) : value);
            }
            else if (value == EndOfPicture)
            {
                break;
            }
            else if (value == EndOfLine)
            {
                (x, y) = (0, y + 1);
            }
            else if (value == Skip)
            {
                (int right, int down) = Pair(content, ref at);
                (x, y) = (x + right, y + down);
            }
            else
            {
                int bytes = nibbles ? (value + 1) / 2 : value;
                int padded = (bytes + 1) & ~1;
                if (padded > content.Length - at)
                    throw CutOff();
                for (int i = 0; i < value; i++)
                {
                    byte source = content[at + (nibbles ? i / 2 : i)];
                    Put(indices, header, x++, y, nibbles ? (i % 2 == 0 ? source >> 4 : source & 15) : source);
                }
                at += padded;
            }
        }
        return indices;
    }

    private static (int First, int Second) Pair(ReadOnlySpan<byte> content, ref int at)
    {
        if (content.Length - at < 2)
            throw CutOff();
        at += 2;
        return (content[at - 2], content[at - 1]);
    }

    // Runs that leave the row are cut there.
    private static void Put(byte[] indices, BmpHeader header, int x, int y, int index)
    {
        if (x < header.Width)
            indices[((long)y * header.Width) + x] = (byte)index;
    }

    private static InvalidImageContentException CutOff() => new("BMP: the run-length codes are cut off");
}
