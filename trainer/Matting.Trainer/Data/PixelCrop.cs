using Matting.Shared.Imaging;

namespace Matting.Trainer.Data;

/// <summary>Cuts squares out of pictures.</summary>
internal static class PixelCrop
{
    /// <summary>A copy of a square that lies inside the picture; the picture itself when it is that square.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="left">First column.</param>
    /// <param name="top">First row.</param>
    /// <param name="size">Width and height.</param>
    public static PixelImage Copy(PixelImage image, int left, int top, int size)
    {
        if (image.Width == size && image.Height == size)
            return image;
        PixelImage square = new(size, size, image.Channels);
        for (int y = 0; y < size; y++)
            image.Row(top + y).Slice(left * image.Channels, size * image.Channels).CopyTo(square.Row(y));
        return square;
    }
}
