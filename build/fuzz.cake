// Fuzz: damaged input for readers, models and server, for longer than the tests can.
#nullable enable

void FuzzInputs()
{
    const double halfAnHour = 30;
    var minutes = PositiveNumber("minutes", halfAnHour);
    var code = ExitCodeOf("dotnet", "exec", BuiltAssembly("Matting.Fuzz").FullPath,
        "--minutes", minutes.ToString(System.Globalization.CultureInfo.InvariantCulture),
        "--seed", Argument("fuzz-seed", 1L).ToString(System.Globalization.CultureInfo.InvariantCulture),
        "--out", artifacts.Combine("fuzz").FullPath);
    if (code != 0)
    {
        throw new CakeException(code, "Inputs that were not dealt with as they should lie in artifacts/fuzz, each beside a text that says how to try it again.");
    }
}

double PositiveNumber(string name, double otherwise)
{
    var value = Argument(name, otherwise);
    return value > 0 ? value : throw new CakeException($"--{name}={value}: expected a number above 0.");
}
