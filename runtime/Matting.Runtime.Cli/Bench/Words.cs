namespace Matting.Runtime.Cli.Bench;

/// <summary>What options, tables and JSON call things.</summary>
internal static class Words
{
    public const string Flip = "flip";
    public const string None = "none";

    public static string Of(TestTimeAugmentation tta) => tta == TestTimeAugmentation.Flip ? Flip : None;

    public static TestTimeAugmentation? Tta(string text) => text switch
    {
        Flip => TestTimeAugmentation.Flip,
        None => TestTimeAugmentation.None,
        _ => null,
    };
}
