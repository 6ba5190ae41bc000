package dev.sparring.dsl.fuzz

/** Pieces of text that readers of YAML, of numbers and of paths have stumbled over. */
internal object Hostile {
    val values: List<String> =
        listOf(
            "null", "~", "true", "no", "0", "-1", "1", "3", "0.5", "-0.0", "2147483647", "2147483648",
            "-2147483648", "9223372036854775807", "9223372036854775808", "1e-320", "1e308", "1e999",
            "1e300", ".nan", ".inf", "0x10", "0o17", "1_000", "12:30", "2024-11-05", "1000", "100000",
            "relu", "conv", "dense", "residual", "stack", "block", "digits", "ring", "noise", "hinge",
            "adam", "sn", "bssn", "orthogonal", "object#0", "a.b", "sparring", "''", "\"\"",
            "\"\\0\"", "\"\\e[2J\"", "\"\\u202e\"", "\"\\ud800\"", "\"\\ud83d\\ude00\"", "\"a\\nb\"",
            "\"/\\0/b\"", "\"/no/such/file\"", "\"~/x\"", "\"\\\\\\\\host\\\\share\"", "[]", "{}", "[[]]",
            "{ type: }", "{ type: null }", "{ type: [] }", "{ type: { type: relu } }", "[1, 2]",
            "[null]", "[relu, relu]", "{ a: 1 }", "{ type: dense, units: 2147483647 }",
            "{ type: stack, times: 1000, layers: [relu] }", "{ type: block, name: a }",
            "{ type: reshape, shape: [2147483647, 2147483647] }", "{ type: noise, channels: 2147483647, height: 2147483647, width: 2147483647 }",
            "{ type: residual, layers: [] }", "{ type: dropout, rate: 1 }", "{ type: upsample, factor: 2147483647 }",
            "{ type: conv, filters: 1, kernel: 2147483647, stride: 2147483647 }",
            "{ type: imageFolder, path: \"/no\\0such\", channels: 1, height: 8, width: 8 }",
            "{ type: idx, images: /no/such, labels: /no/such }", "{ type: csv, file: /no/such }",
        )

    val tokens: List<String> =
        listOf(
            "\u0000", "\u0007", "\u001b[31m", "\u007f", "\u0085", "\u00a0", "\u200f", "\u2028",
            "\u202e", "\ufeff", "\ufffe", "\uffff", "\ud800", "\udfff", "\ud83d\ude00", "\t", "\r",
            "\r\n", "\n", "\n\n", "\n- ", "\n---\n", "\n...\n", "%YAML 2.0\n---\n", "%YAML 1.2\n---\n",
            "%TAG ! tag:a,2000:\n---\n", "&a ", "*a", "<<: *a\n", "<<: ", "!a ", "!!str ", "!!binary ",
            "!<tag:x> ", "? ", ": ", ":", ", ", ",", "[", "]", "{", "}", "- ", "-", "|\n", "|-\n", ">\n",
            ">99\n", "|2\n", "#", " #", "'", "\"", "''", "\\", "@", "`", "%", "&", "*", "!", "~", "=",
            "\"\\x", "\"\\u12", "\"\\U00110000\"", "9".repeat(400), "a".repeat(2_000),
            "[".repeat(300), "{a: ".repeat(300), "- ".repeat(300), "  ".repeat(200), "? ".repeat(300),
        )
}
