package dev.sparring.script

import dev.sparring.dsl.PlacedProblem
import dev.sparring.dsl.RecipeSyntaxException
import dev.sparring.dsl.RecipeText
import dev.sparring.file.Reason
import dev.sparring.file.Sha256
import dev.sparring.run.RecordedRecipe
import dev.sparring.script.ScriptHeader.Asked
import dev.sparring.script.ScriptHeader.Kind
import dev.sparring.script.maven.Artifact
import dev.sparring.script.maven.ArtifactException
import dev.sparring.script.maven.LocalRepository
import java.io.Serializable
import java.nio.file.Files
import java.nio.file.InvalidPathException
import java.nio.file.Path
import kotlin.io.path.name
import kotlin.script.experimental.api.SourceCode

/** A script's text for the compiler, which is told the name and not the place. */
internal class ScriptSource(override val name: String, override val text: String) :
    SourceCode, Serializable {
    override val locationId: String
        get() = name
}

/**
 * One script of those that belong together.
 *
 * @property place where a run keeps it below `imports`; empty for the script that is read
 */
internal class ScriptFile(val path: Path, val place: String, val text: String) {
    val header: ScriptHeader = ScriptHeader.of(text)
    val code: ScriptText = ScriptText(text)
    val source: ScriptSource = ScriptSource(path.name, text)
    val imports: MutableList<ScriptFile> = mutableListOf()

    fun problem(asked: Asked, text: String) =
        RecipeSyntaxException(
            listOf(PlacedProblem("$path", asked.line, asked.column, asked.kind.annotation, text))
        )
}

/** A script, the scripts that it imports, and the jars that these depend on. */
internal class ScriptFiles private constructor(val root: ScriptFile) {
    private val files = LinkedHashMap<String, ScriptFile>()
    private val jarFiles = LinkedHashMap<Artifact, Path>()

    val all: Collection<ScriptFile>
        get() = files.values

    val imports: List<ScriptFile>
        get() = files.values.filter { it !== root }

    /** The jars of [DependsOn], nearest first. */
    val jars: List<Path>
        get() = jarFiles.values.toList()

    /** The same as a run records them. */
    val dependencies: List<RecordedRecipe.Jar> by lazy {
        jarFiles.map { (artifact, jar) -> RecordedRecipe.Jar("$artifact", Sha256.of(jar)) }
    }

    /** Changes whenever anything changes that the script is compiled from. */
    val state: String
        get() =
            (imports.map { "${it.place} ${it.text}" } +
                    dependencies.map { "${it.name} ${it.sha256}" })
                .joinToString("\u0000")

    /** The one script of this file name; null if there is none or there are several. */
    fun named(name: String): ScriptFile? = files.values.singleOrNull { it.path.name == name }

    /** Below its run, if the script is one that a run keeps. */
    private val kept: Path? =
        root.path.resolveSibling("imports").takeIf {
            root.path.name == KEPT && Files.exists(root.path.resolveSibling("run.json"))
        }

    private fun follow(file: ScriptFile) {
        file.header.unclear?.let { throw file.problem(it, "expected plain texts, got ${it.value}") }
        for (asked in file.header.asked.filter { it.kind == Kind.IMPORT }) {
            val place = place(file, asked)
            val path =
                if (kept != null) kept.resolve(place)
                else file.path.resolveSibling(asked.value).normalize()
            if (!RecipeChoice.isScript(path)) throw file.problem(asked, "must end in .gan.kts")
            if (!Files.isRegularFile(path)) throw file.problem(asked, "there is no file $path")
            val known = files[place]
            val next = known ?: ScriptFile(path, place, RecipeText.textOf(path))
            if (next === root || path == root.path.normalize()) {
                throw file.problem(asked, "a script cannot import itself")
            }
            file.imports += next
            if (known == null) {
                files[place] = next
                follow(next)
            }
        }
    }

    /** Below `imports`, where what is above the script's folder goes into folders named [UP]. */
    private fun place(file: ScriptFile, asked: Asked): String {
        val base = file.place.split('/').dropLast(1)
        val path =
            try {
                Path.of(asked.value)
            } catch (e: InvalidPathException) {
                throw file.problem(asked, Reason.of(e))
            }
        if (path.isAbsolute) throw file.problem(asked, "must be a path from the script's folder")
        val names = base.toMutableList()
        for (name in path.map { it.name }) {
            when {
                name == "." -> Unit
                name != ".." -> names += name
                names.isEmpty() || names.last() == UP -> names += UP
                else -> names.removeLast()
            }
        }
        return names.joinToString("/")
    }

    private fun resolve() {
        val folders =
            files.values.flatMap { file ->
                file.header.asked
                    .filter { it.kind == Kind.REPOSITORY }
                    .mapNotNull { folder(file, it) }
            }
        val repository = LocalRepository(folders + listOf(LocalRepository.standard()))
        val asked =
            files.values.flatMap { file ->
                file.header.asked.filter { it.kind == Kind.DEPENDS_ON }.map { file to it }
            }
        val wanted =
            asked.map { (file, one) ->
                Artifact.parse(one.value)
                    ?: throw file.problem(
                        one,
                        "expected group:artifact:version, got '${one.value}'",
                    )
            }
        try {
            jarFiles += repository.resolve(wanted)
        } catch (e: ArtifactException) {
            val (file, one) = asked[e.root]
            throw file.problem(one, "${e.message}")
        }
    }

    /** Null for one that a run's script had beside it once: what is missing then is said. */
    private fun folder(file: ScriptFile, asked: Asked): Path? {
        if ("://" in asked.value) {
            throw file.problem(asked, "must be a folder: nothing is downloaded for a script")
        }
        val folder = file.path.resolveSibling(asked.value)
        if (Files.isDirectory(folder)) return folder
        if (kept != null) return null
        throw file.problem(asked, "there is no folder $folder")
    }

    companion object {
        private const val KEPT = "recipe.gan.kts"
        private const val UP = "_up"

        /** @throws RecipeSyntaxException if a file or an artifact is missing */
        fun of(path: Path): ScriptFiles {
            val files = ScriptFiles(ScriptFile(path, "", RecipeText.textOf(path)))
            files.files[""] = files.root
            files.follow(files.root)
            files.resolve()
            return files
        }
    }
}
