using Matting.Shared.Imaging;

namespace Matting.Trainer.Evaluation;

/// <summary>A picture at the end of its way through an evaluation.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Score">What came out.</param>
/// <param name="Alpha">The predicted alpha of the first variant in 8 bits, at the size of the comparison; null when nobody wants to see it.</param>
internal sealed record MeasuredPicture(LoadedPicture Picture, PictureScore Score, PixelImage? Alpha);
