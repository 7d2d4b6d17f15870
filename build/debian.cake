// The Debian packages of stand-in mode.
#nullable enable

// Headers and libraries that the stand-ins' native halves compile and link against.
string[] standInPackages = ["g++", "libjpeg62-turbo-dev", "libpng-dev", "libwebp-dev", "libtiff-dev", "libopencv-core-dev", "libopencv-imgproc-dev"];
string[] libTorchPackages = ["libtorch-dev"];

// Debian's npm conflicts with another origin's nodejs, so it is only asked for where no npm is on the PATH.
string[] npmPackages = ["nodejs", "npm"];

void InstallDebianPackages(bool withLibTorch)
{
    string[] wanted = [.. standInPackages, .. withLibTorch ? libTorchPackages : []];
    if (!IsOnPath("dpkg-query"))
    {
        Information($"This is no Debian: the native stand-ins need what Debian calls {string.Join(", ", wanted)}.");
        return;
    }

    InstallMissing(wanted);
}

void InstallMissing(params string[] wanted)
{
    var installed = Capture(TimeSpan.FromMinutes(1), "dpkg-query", ["-W", "-f", "${Package} ${db:Status-Status}\n", .. wanted]).Output
        .Split('\n').Where(line => line.EndsWith(" installed")).Select(line => line.Split(' ')[0]).ToHashSet();
    var missing = wanted.Where(package => !installed.Contains(package)).ToArray();
    if (missing.Length == 0)
    {
        return;
    }

    var prefix = RootPrefix();
    if (prefix is null)
    {
        throw new CakeException("Setup may not install packages here (neither root nor sudo). Run this as root, then try again: "
            + $"apt-get update && apt-get install -y --no-install-recommends {string.Join(' ', missing)}");
    }

    Information($"Installing {string.Join(' ', missing)}; this can take some minutes.");
    var outcome = AptGet(prefix, ["install", "-y", "--no-install-recommends", .. missing]);
    if (outcome.ExitCode != 0)
    {
        // no package lists yet, or lists older than the archive
        AptGet(prefix, "update");
        outcome = AptGet(prefix, ["install", "-y", "--no-install-recommends", .. missing]);
    }

    if (outcome.ExitCode != 0)
    {
        throw new CakeException($"apt-get could not install {string.Join(' ', missing)}:\n{outcome.Output}");
    }
}

Outcome AptGet(string[] prefix, params string[] arguments)
{
    string[] command = [.. prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q",
        "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3", "-o", "Acquire::http::Timeout=60", .. arguments];
    return Capture(TimeSpan.FromMinutes(60), command[0], command[1..]);
}

// What goes before apt-get to be root: nothing, sudo, or null where neither is allowed.
// Without a terminal nobody can type a password.
string[]? RootPrefix()
{
    if (System.Environment.IsPrivilegedProcess)
    {
        return [];
    }

    if (!IsOnPath("sudo"))
    {
        return null;
    }

    return Capture(TimeSpan.FromMinutes(1), "sudo", "-n", "true").ExitCode == 0 ? ["sudo", "-n"]
        : Console.IsInputRedirected ? null
        : ["sudo"];
}
