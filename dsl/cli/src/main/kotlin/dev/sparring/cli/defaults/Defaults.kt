package dev.sparring.cli.defaults

import dev.sparring.cli.BadInput
import dev.sparring.cli.Unmatched
import dev.sparring.file.Reason
import dev.sparring.file.RegularFile
import dev.sparring.setting.Shown
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.util.Properties

/** The defaults of options that a user has set: in the environment, else in a file. */
internal class Defaults private constructor(private val found: Map<DefaultOption, Default>) {
    /**
     * One of them.
     *
     * @param text as it is written
     * @param source the variable or the file that says so
     */
    class Default(val option: DefaultOption, val text: String, val value: Any, val source: String) {
        /** What `run.json` keeps of it, and what is said. */
        val line = "${option.key} $text by $source"
    }

    operator fun get(option: DefaultOption): Default? = found[option]

    companion object {
        /**
         * If this property is `none`, there are none: processes that a command starts are told
         * everything.
         */
        const val PROPERTY = "sparring.defaults"
        const val NONE = "none"

        /**
         * Reads both.
         *
         * @throws BadInput in one line that names the place, if a name is unknown or a value wrong
         */
        fun read(environment: Map<String, String>): Defaults {
            if (System.getProperty(PROPERTY) == NONE) return Defaults(emptyMap())
            val file = file(environment)
            return Defaults(ofFile(file) + ofEnvironment(environment))
        }

        /** `$XDG_CONFIG_HOME/sparring/config.properties`, or the same under `~/.config`. */
        fun file(environment: Map<String, String>): Path {
            val xdg = Path.of(environment.getOrDefault("XDG_CONFIG_HOME", ""))
            // The specification says that relative paths are ignored.
            val base =
                if (xdg.isAbsolute) xdg else Path.of(System.getProperty("user.home"), ".config")
            return base.resolve("sparring").resolve("config.properties")
        }

        private fun ofEnvironment(environment: Map<String, String>): Map<DefaultOption, Default> {
            val own =
                environment.filterKeys { it.startsWith(PREFIX) && it !in DefaultOption.OTHERS }
            val known = DefaultOption.entries.associateBy { it.variable }
            return own.entries
                .sortedBy { it.key }
                .associate { (name, text) ->
                    val option = known[name] ?: throw unknown("", name, known.keys)
                    option to default(option, text, name, name)
                }
        }

        private fun ofFile(file: Path): Map<DefaultOption, Default> {
            val known = DefaultOption.entries.associateBy { it.key }
            return settings(file)
                .entries
                .sortedBy { it.key }
                .associate { (key, text) ->
                    val option = known[key] ?: throw unknown("$file: ", key, known.keys)
                    option to default(option, text.trim(), "$file: $key", "$file")
                }
        }

        private fun settings(file: Path): Map<String, String> {
            if (!Files.exists(file)) return emptyMap()
            val settings = Settings()
            try {
                RegularFile.reader(file).use(settings::load)
            } catch (e: IOException) {
                throw BadInput(Reason.line(e, file, "cannot be read"), e)
            } catch (e: IllegalArgumentException) {
                throw BadInput("$file: ${e.message}", e)
            }
            return settings.entries.associate { "${it.key}" to "${it.value}" }
        }

        /** Of two values of one key, Java's own would drop the first without a word. */
        private class Settings : Properties() {
            override fun put(key: Any, value: Any): Any? {
                require(!containsKey(key)) { "$key is there twice; leave one out" }
                return super.put(key, value)
            }
        }

        private fun default(option: DefaultOption, text: String, at: String, source: String) =
            try {
                Default(option, Shown.value(text), option.value(text), source)
            } catch (e: BadInput) {
                throw BadInput("$at: ${e.message?.removePrefix("${option.option}: ")}", e)
            } catch (e: RuntimeException) {
                // Of readers of numbers and devices, which say what would be right.
                throw BadInput("$at: ${e.message}", e)
            }

        private fun unknown(at: String, name: String, known: Set<String>): BadInput {
            val all = Unmatched.meant(name, known).ifEmpty { "; there is ${known.joinToString()}" }
            return BadInput("$at'${Shown.value(name)}' is no option with a default$all")
        }
    }
}
