namespace Matting.Shared.Imaging;

/// <summary>What a picture's header says.</summary>
/// <param name="Width">Width in pixels, after the EXIF orientation where that is applied.</param>
/// <param name="Height">Height in pixels, likewise.</param>
/// <param name="Format">PNG, JPEG, WebP, BMP or TIFF: by the content, whatever the extension says.</param>
public sealed record ImageFileInfo(int Width, int Height, string Format);
