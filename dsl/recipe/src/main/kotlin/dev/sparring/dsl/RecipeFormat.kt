package dev.sparring.dsl

import dev.sparring.dsl.text.Detail
import dev.sparring.dsl.text.Fields
import dev.sparring.dsl.text.Node
import dev.sparring.dsl.text.NodeReader
import dev.sparring.dsl.text.RecordSchema
import dev.sparring.dsl.text.Schemas
import dev.sparring.dsl.text.StandIn
import dev.sparring.dsl.text.Unwritable
import dev.sparring.dsl.text.YamlPrinter
import dev.sparring.dsl.text.YamlTree
import dev.sparring.dsl.text.jsonTree
import dev.sparring.dsl.text.nearest
import dev.sparring.dsl.text.yamlSafe
import dev.sparring.recipe.Problem
import dev.sparring.recipe.Recipe
import dev.sparring.recipe.RecipeException
import dev.sparring.setting.Word
import dev.sparring.vocabulary.Vocabulary
import java.nio.file.Path
import kotlin.io.path.extension
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject

/**
 * Recipes as text under a vocabulary. What a text leaves out takes its default; an alternative
 * without settings may be its bare word, `loss: hinge` for `loss: { type: hinge }`. A key `$schema`
 * at the top is for editors and means nothing here. [RecipeText] is the same with the words on the
 * class path.
 *
 * @property vocabulary the words that texts may use
 * @throws IllegalArgumentException if a word of a user has a setting that no text can have
 */
public class RecipeFormat(public val vocabulary: Vocabulary) {
    @get:JvmSynthetic internal val schemas: Schemas = Schemas(vocabulary)
    @get:JvmSynthetic
    internal val recipeSchema: RecordSchema = schemas.of(Recipe::class.java as Class<out Record>)

    /**
     * The recipe that a YAML text describes.
     *
     * @param source what messages call the text, usually the file's name
     * @throws RecipeSyntaxException with everything that is wrong
     */
    @JvmOverloads
    public fun fromYaml(text: String, source: String = "recipe.yaml"): Recipe =
        NodeReader.read(tree(text, source), recipeSchema) as Recipe

    /**
     * The recipe that a JSON text describes. It is read as YAML, of which JSON is a part, so that
     * problems have lines and columns.
     *
     * @param source what messages call the text, usually the file's name
     * @throws RecipeSyntaxException with everything that is wrong
     */
    @JvmOverloads
    public fun fromJson(text: String, source: String = "recipe.json"): Recipe =
        fromYaml(text, source)

    /**
     * The recipe in a .yaml, .yml or .json file; messages name the file as it is given here.
     *
     * @throws RecipeSyntaxException with everything that is wrong, a missing file included
     */
    public fun read(file: Path): Recipe {
        if (file.extension.lowercase() !in listOf("yaml", "yml", "json")) {
            throw RecipeSyntaxException("$file", "a recipe as text ends in .yaml, .yml or .json")
        }
        return fromYaml(RecipeText.textOf(file), "$file")
    }

    /**
     * A recipe as YAML that reads back as an equal object.
     *
     * @param full whether defaults are written out too; settings that are null never are
     * @throws RecipeException naming every object that is not a word of the vocabulary
     */
    @JvmOverloads
    public fun toYaml(recipe: Recipe, full: Boolean = false): String =
        YamlPrinter.print(tree(recipe, full))

    /**
     * A recipe as JSON that reads back as an equal object.
     *
     * @param full whether defaults are written out too; settings that are null never are
     * @throws RecipeException naming every object that is not a word of the vocabulary
     */
    @JvmOverloads
    public fun toJson(recipe: Recipe, full: Boolean = false): String =
        printer.encodeToString(JsonObject.serializer(), tree(recipe, full)).yamlSafe() + "\n"

    /** Whether all of a recipe can be written as text that reads back. */
    public fun canWrite(recipe: Recipe): Boolean = unwritable(recipe).isEmpty()

    /**
     * A recipe as YAML with every default, for people: an object that is not a word of the
     * vocabulary appears as a description in brackets, which cannot be read back. If [canWrite] is
     * true, this equals the full text of [toYaml].
     */
    public fun describe(recipe: Recipe): String =
        YamlPrinter.print(jsonTree(recipe, recipeSchema, Detail.FULL, StandIn.DESCRIPTION))

    /** The paths of what has no text in a recipe, each with what it is. */
    public fun unwritable(recipe: Recipe): List<Problem> = Unwritable.find(recipe, recipeSchema)

    /**
     * This format with the words of a recipe that it lacks: classes of a script or a program, if
     * they are records with a [Word]. Objects of other classes have no text.
     */
    public fun withWordsOf(recipe: Recipe): RecipeFormat {
        var format = this
        while (true) {
            val more =
                Unwritable.objects(recipe, format.recipeSchema)
                    .map { it.javaClass as Class<*> }
                    .filter { it.isRecord && it.isAnnotationPresent(Word::class.java) }
                    .map { it.asSubclass(Record::class.java) }
                    .distinct()
            if (more.isEmpty()) return format
            // A word may hold others.
            format = RecipeFormat(format.vocabulary.with(more))
        }
    }

    /**
     * Puts problems that were found in a recipe, for instance by `GamePlan.of`, at their places in
     * the text that it was read from: at the setting that a problem's path names, or at its nearest
     * parent in the text.
     *
     * @param text YAML or JSON
     * @param source what messages call the text
     */
    public fun placed(e: RecipeException, text: String, source: String): RecipeSyntaxException {
        val root = tree(text, source)
        return RecipeSyntaxException(
            e.problems().map {
                val place = root.nearest(it.path()).place
                PlacedProblem(source, place?.line, place?.column, it.path(), it.text())
            }
        )
    }

    private fun tree(recipe: Recipe, full: Boolean): JsonObject {
        val problems = unwritable(recipe)
        if (problems.isNotEmpty()) throw RecipeException(problems)
        return jsonTree(recipe, recipeSchema, if (full) Detail.FULL else Detail.SHORT)
    }

    private fun tree(text: String, source: String): Node {
        val root = YamlTree.parse(text, source)
        return if (root is Fields) root.only { it != SCHEMA } else root
    }

    public companion object {
        private const val SCHEMA = "\$schema"
        private val printer = Json {
            prettyPrint = true
            @OptIn(kotlinx.serialization.ExperimentalSerializationApi::class)
            prettyPrintIndent = "  "
        }

        /** The format of [Vocabulary.onClassPath], as it was when it was first asked for. */
        @JvmStatic
        public val onClassPath: RecipeFormat by lazy { RecipeFormat(Vocabulary.onClassPath()) }
    }
}
