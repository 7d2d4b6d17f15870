using Matting.Trainer.Synthesis.Backgrounds;
using Matting.Trainer.Synthesis.Objects;

namespace Matting.Trainer.Synthesis;

/// <summary>What scenes are made of. A new family or background is one class and one entry here.</summary>
internal static class SceneCatalogue
{
    public static readonly IReadOnlyList<IObjectFamily> Families =
    [
        new Fur(), new Glass(), new Fern(), new Defocused(), new Feather(), new Basket(),
        new Smoke(), new Dandelion(), new HoledLeaf(), new Bubbles(), new Rings(), new Veil(),
    ];

    public static readonly IReadOnlyList<IBackground> Backgrounds =
    [
        new Backdrop(), new Bokeh(), new Landscape(), new Wood(), new Stone(), new Fabric(), new Interior(), new Foliage(),
    ];
}
