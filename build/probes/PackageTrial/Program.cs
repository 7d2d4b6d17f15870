using Matting.Runtime;
using Matting.Shared.Imaging;
using Matting.Shared.Networks;
using Matting.Shared.Onnx;

// Everything that a user of the package does, on a network that has not learnt anything: export, load, predict, cut out, stream.
const int Side = 64;
const int Seed = 1;

Directory.CreateDirectory(args[0]);
Directory.SetCurrentDirectory(args[0]);
INetwork network = NetworkCatalogue.Create("u2netp");
ModelCard card = new() { Network = network.Name, Task = network.Task, Profile = NormalisationProfile.Imagenet, Height = Side, Width = Side };
OnnxExportOptions size = new() { Height = Side, Width = Side, Card = card };
File.WriteAllBytes("mine.onnx", OnnxExporter.Serialise(OnnxExporter.Build(network, NetworkInitialiser.Create(network, Seed), size)));
string[] files = ["one.png", "two.jpg", "three.webp"];
PixelImage picture = new(90, 70, 3);
for (int i = 0; i < picture.Pixels.Length; i++)
    picture.Pixels[i] = (byte)(i / 3);
foreach (string file in files)
    ImageFile.Write(file, picture);

using MattingModel model = MattingModel.Load("mine.onnx");
await foreach (PictureOutcome<PixelImage> outcome in model.PredictFilesAsync(files, new ResultOptions { Kind = ResultKind.Cutout }))
{
    PixelImage cutout = outcome.Result ?? throw outcome.Failure!;
    if ((cutout.Width, cutout.Height, cutout.Channels) != (picture.Width, picture.Height, 4))
        throw new InvalidDataException($"{outcome.File}: a cut-out of {cutout.Width}x{cutout.Height}, {cutout.Channels} channels");
    ImageFile.Write(Path.ChangeExtension(outcome.File, ".cutout.png"), cutout);
}
Console.WriteLine($"{files.Length} cut-outs by {model.Provider}, ONNX Runtime {model.RuntimeVersion}, {typeof(MattingModel).Assembly.GetName()}");
