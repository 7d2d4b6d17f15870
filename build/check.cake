// ApiCheck: all our sources against the official managed assemblies, without the stand-ins.

void CheckAgainstOfficialAssemblies()
{
    if (!HasArgument("assemblies"))
    {
        throw new CakeException("ApiCheck needs --assemblies=DIR, a folder with TorchSharp.dll, Microsoft.ML.OnnxRuntime.dll, "
            + "SixLabors.ImageSharp.dll and OpenCvSharp.dll of the official packages.");
    }

    var folder = AsTyped(Argument<string>("assemblies")).FullPath;
    Run("dotnet", "build", solution.FullPath, "--nologo", "-v:minimal", "-c", configuration, $"-p:MattingOfficialAssemblies={folder}");
    Information($"Everything compiles against the official assemblies in {folder}.");
}
