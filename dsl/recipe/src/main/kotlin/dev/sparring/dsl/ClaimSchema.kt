package dev.sparring.dsl

/**
 * The JSON Schema of a claim, with which editors check, complete and explain its YAML and JSON. The
 * sweep may stand in it, and then has [SweepSchema].
 */
public object ClaimSchema {
    private const val SWEEP = "ClaimedSweep"

    /**
     * The schema, draft 2020-12, with the words of a format; by default those on the class path.
     */
    @JvmStatic
    @JvmOverloads
    public fun json(format: RecipeFormat = RecipeFormat.onClassPath): String =
        NestedSchema.json("Sparring claim", CLAIM, SWEEP, SweepSchema.json(format))

    private const val LABELS = """{ "type": "object", "minProperties": 1 }"""
    private const val FIGURE = """"figure": { "type": "string" }"""
    private const val DIRECTION = """"direction": { "enum": ["lower", "higher"] }"""
    private const val LIMITS = """"least": { "type": "number" }, "most": { "type": "number" }"""
    private const val TWO =
        """$FIGURE, $DIRECTION, "cell": $LABELS, "than": $LABELS, "test": { "enum": ["worstRank", "paired"] }"""
    private const val NAMES =
        """{ "type": ["string", "array"], "items": { "type": "string" }, "minItems": 1 }"""

    private const val RULE =
        """
        {
          "type": "object",
          "minProperties": 1,
          "maxProperties": 1,
          "additionalProperties": false,
          "properties": {
            "better": {
              "description": "Runs of a cell have better figures than those of another, by more than an amount.",
              "type": "object", "additionalProperties": false, "required": ["figure", "cell", "than"],
              "properties": { $TWO, "by": { "type": "number", "minimum": 0 } }
            },
            "equal": {
              "description": "The figures of two cells differ by less than an amount.",
              "type": "object", "additionalProperties": false, "required": ["figure", "cell", "than", "within"],
              "properties": { $TWO, "within": { "type": "number", "exclusiveMinimum": 0 } }
            },
            "failures": {
              "description": "Runs of a cell fail more rarely than those of another, or at a rate.",
              "type": "object", "additionalProperties": false, "required": ["cell"],
              "properties": { "cell": $LABELS, "than": $LABELS, $LIMITS }
            },
            "trend": {
              "description": "A figure gets better or worse along the values of an axis.",
              "type": "object", "additionalProperties": false, "required": ["figure", "along", "becomes"],
              "properties": { $FIGURE, $DIRECTION, "along": { "type": "string" }, "at": $LABELS,
                "becomes": { "enum": ["better", "worse"] } }
            },
            "value": {
              "description": "The median of a figure over a cell's runs reaches a value, or does not exceed it.",
              "type": "object", "additionalProperties": false, "required": ["figure"],
              "properties": { $FIGURE, "cell": $LABELS, $LIMITS }
            },
            "share": {
              "description": "A source of luck carries at least, or at most, a share of a figure's variance.",
              "type": "object", "additionalProperties": false, "required": ["figure", "source"],
              "properties": { $FIGURE, "source": $NAMES, "among": $NAMES, "at": $LABELS, $LIMITS }
            }
          }
        }
        """

    private const val CLAIM =
        """
        {
          "type": "object",
          "description": "A sentence of the literature, the runs that decide it, and the rule by which they do.",
          "required": ["claim", "source", "sweep", "rule"],
          "additionalProperties": false,
          "properties": {
            "name": {
              "type": "string",
              "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$",
              "description": "The name of its folder; by default that of the file."
            },
            "claim": { "type": "string", "description": "The sentence." },
            "source": {
              "type": "object",
              "required": ["citation", "place"],
              "additionalProperties": false,
              "properties": {
                "citation": { "type": "string", "description": "Who says so." },
                "place": { "type": "string", "description": "Section, table or page." }
              }
            },
            "differs": { "type": "string", "description": "What is smaller or otherwise here than there." },
            "sweep": {
              "description": "A sweep's file beside this one, or its settings.",
              "anyOf": [{ "type": "string" }, { "$REF": "#/$DEFINITIONS/$SWEEP" }]
            },
            "level": {
              "description": "How probable a wrong verdict may be.",
              "type": "number", "exclusiveMinimum": 0, "maximum": 0.2, "default": 0.05
            },
            "rule": {
              "description": "What has to be found for the claim to hold; of a list, all of it.",
              "anyOf": [$RULE, { "type": "array", "minItems": 1, "items": $RULE }]
            }
          }
        }
        """
}
