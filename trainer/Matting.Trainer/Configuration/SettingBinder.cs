namespace Matting.Trainer.Configuration;

/// <summary>Turns a settings file into a record, or says everything that is wrong with it.</summary>
public static class SettingBinder
{
    /// <summary>Binds every key; keys that are not written keep the defaults of the record.</summary>
    /// <typeparam name="T">A sealed record; see <see cref="ISettingsSection"/>.</typeparam>
    /// <exception cref="SettingsException">Unknown keys, values of the wrong type or out of their range; all of them.</exception>
    public static T Bind<T>(SettingSection settings) where T : class, ISettingsSection, new()
    {
        Binding binding = new(typeof(T));
        T bound = (T)binding.Section(settings, typeof(T), new T(), prefix: "");
        SettingChecks checks = new();
        checks.Walk(bound, prefix: "");
        // a value that could not be read was replaced by its default, whose check would say nothing true
        IEnumerable<SettingProblem> found = checks.Problems
            .Where(problem => binding.Problems.TrueForAll(other => other.Key != problem.Key))
            .Select(problem => problem with { Place = binding.PlaceOf(problem.Key) });
        List<SettingProblem> problems = [.. binding.Problems, .. found];
        return problems.Count == 0 ? bound : throw new SettingsException([.. problems.OrderBy(problem => problem.Place?.Line ?? int.MaxValue)]);
    }

    private sealed class Binding(Type root)
    {
        private readonly Dictionary<string, SettingPlace> _places = [];

        public List<SettingProblem> Problems { get; } = [];

        public SettingPlace? PlaceOf(string key)
        {
            for (string path = key; path.Length > 0; path = path[..Math.Max(0, path.LastIndexOf('.'))])
            {
                if (_places.TryGetValue(path, out SettingPlace? place))
                    return place;
            }
            return null;
        }

        public object Section(SettingSection settings, Type type, object defaults, string prefix)
        {
            SettingSchema declared = SettingSchema.Of(type);
            Type chosen = declared.Variants.Count == 0 ? type : Variant(settings, declared, defaults, prefix);
            object section = chosen == defaults.GetType() ? Clone(defaults, chosen) : Activator.CreateInstance(chosen)!;
            SettingSchema schema = SettingSchema.Of(chosen);
            foreach (SettingEntry entry in settings.Entries)
            {
                string path = prefix + entry.Key;
                _places[path] = entry.Place;
                if (schema.Properties.FirstOrDefault(property => property.Key == entry.Key) is { } property)
                    Property(section, property, entry, path);
                else if (declared.Variants.Count == 0 || entry.Key != SettingSchema.VariantKey)
                    Unknown(entry, path, schema, declared, prefix);
            }
            return section;
        }

        private void Property(object section, SettingProperty property, SettingEntry entry, string path)
        {
            object? value;
            string? problem = null;
            if (entry.Value is SettingScalar { IsNull: true })
            {
                value = null;
                if (!property.Optional)
                    problem = "has no value";
            }
            else if (property.IsSection)
            {
                object defaults = property.Property.GetValue(section)!;
                if (entry.Value is SettingSection inner)
                    value = Section(inner, property.ValueType, defaults, path + ".");
                else
                    (value, problem) = (null, "expected a section with keys of its own");
            }
            else
            {
                value = SettingScalars.Read(entry.Value, property.ValueType, out problem);
            }
            if (problem is null)
                property.Property.SetValue(section, value);
            else
                Problems.Add(new SettingProblem(entry.Place, path, problem));
        }

        private Type Variant(SettingSection settings, SettingSchema schema, object defaults, string prefix)
        {
            SettingEntry? entry = settings.Find(SettingSchema.VariantKey);
            if (entry is null)
                return defaults.GetType();
            string? name = (entry.Value as SettingScalar)?.Text;
            if (schema.Variants.FirstOrDefault(variant => variant.Name == name) is { } found)
                return found.Type;
            string known = string.Join(", ", schema.Variants.Select(variant => variant.Name));
            Problems.Add(new SettingProblem(entry.Place, prefix + SettingSchema.VariantKey, $"'{name}' is not known; known: {known}"));
            return defaults.GetType();
        }

        private void Unknown(SettingEntry entry, string path, SettingSchema schema, SettingSchema declared, string prefix)
        {
            string[] owners = [.. declared.Variants
                .Where(variant => SettingSchema.Of(variant.Type).Properties.Any(property => property.Key == entry.Key))
                .Select(variant => $"'{variant.Name}'")];
            if (owners.Length > 0)
            {
                Problems.Add(new SettingProblem(entry.Place, path,
                    $"unknown key for the {prefix + SettingSchema.VariantKey} that was chosen; it belongs to {string.Join(" and ", owners)}"));
                return;
            }
            List<string> here = [.. schema.Properties.Select(property => prefix + property.Key)];
            if (declared.Variants.Count > 0)
                here.Add(prefix + SettingSchema.VariantKey);
            // the very key in another section is a better guess than a similar one here
            string? elsewhere = SettingSchema.Paths(root)
                .FirstOrDefault(other => other.EndsWith($".{entry.Key}", StringComparison.OrdinalIgnoreCase) || other == entry.Key);
            string? nearest = NearestName.Of(path, here);
            bool close = nearest is not null && NearestName.Distance(path, nearest) <= 2;
            string guess = !close && elsewhere is not null ? elsewhere : nearest ?? elsewhere ?? "";
            Problems.Add(new SettingProblem(entry.Place, path, $"unknown key; the nearest known one is '{guess}'"));
        }

        private static object Clone(object defaults, Type type)
        {
            object copy = Activator.CreateInstance(type)!;
            foreach (SettingProperty property in SettingSchema.Of(type).Properties)
                property.Property.SetValue(copy, property.Property.GetValue(defaults));
            return copy;
        }
    }
}
