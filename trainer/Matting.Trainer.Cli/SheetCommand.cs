using System.CommandLine;
using Matting.CommandLine;
using Matting.CommandLine.Options;
using Matting.Shared.Imaging;
using Matting.Trainer.Data;
using Matting.Trainer.Pictures;

namespace Matting.Trainer.Cli;

/// <summary><c>sheet</c>: predictions beside the truth, to look at.</summary>
internal static class SheetCommand
{
    public static Command Create()
    {
        Option<string> csv = new("--csv") { Description = "CSV of pictures and true alphas (image_path, alpha_path)", HelpName = "CSV", Required = true };
        Option<string> alphas = new("--alpha") { Description = "Folder of predicted alphas: PNGs named like the pictures", HelpName = "DIR", Required = true };
        Option<string> sheet = new("--out") { Description = "The sheet: .png, .jpg or .webp", HelpName = "FILE", Required = true };
        Option<string?> root = new("--root") { Description = "Folder that relative paths are tried against first, before the CSV's own", HelpName = "DIR" };
        Option<int> count = CommonOptions.Whole("--count", "Pictures on the sheet, spread over the CSV", 1, 100, 8);
        Option<int> cell = CommonOptions.Whole("--cell", "Side of a picture on the sheet in pixels", 64, 1024, 184);
        Option<bool> overwrite = CommonOptions.Overwrite();
        Command command = new("sheet", "Sets image, truth, alpha and difference side by side on one picture")
        {
            csv, alphas, sheet, root, count, cell, overwrite,
        };
        command.SetAction(parsed =>
        {
            string target = parsed.GetRequiredValue(sheet);
            OutputFile.Require(target, parsed.GetValue(overwrite));
            SampleTable table = SampleTableReader.Read(parsed.GetRequiredValue(csv), parsed.GetValue(root));
            IReadOnlyList<SheetExample> examples =
                SheetExamples.Read(table, parsed.GetRequiredValue(alphas), parsed.GetValue(count), ImageReadOptions.Default);
            ImageFile.Write(target, ContactSheet.Compose(examples, parsed.GetValue(cell)), new ImageWriteOptions { Overwrite = parsed.GetValue(overwrite) });
            parsed.InvocationConfiguration.Output.WriteLine($"{target}: {examples.Count} of {table.Rows.Count} pictures");
            return ExitCodes.Done;
        });
        return command.WithExamples(
            new CommandExample("matting-train sheet --csv data/synth/test.csv --alpha out/alpha --out preview.png", "What the network makes of held-out pictures"));
    }
}
