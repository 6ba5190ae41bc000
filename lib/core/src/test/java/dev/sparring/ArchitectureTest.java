package dev.sparring;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.sparring.norm.LinearOperator;
import dev.sparring.norm.None;
import dev.sparring.norm.NormContext;
import dev.sparring.norm.NormTensor;
import dev.sparring.norm.WeightNorm;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows of ARCHITECTURE.md: which package may depend on which. */
class ArchitectureTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.sparring");

  /** A package and the packages that it may depend on. */
  private static final Map<String, String> KNOWS =
      Map.ofEntries(
          Map.entry("augment", "random setting tensor"),
          Map.entry(
              "classify",
              "data extract file init layer loss metric network norm optim plan random recipe safetensors setting tensor"),
          Map.entry("data", "file random setting tensor"),
          Map.entry(
              "diagnose", "data init layer loss network norm plan random recipe tensor train"),
          Map.entry("eval", "classify data extract file metric network random recipe tensor train"),
          Map.entry("extract", "file metric tensor"),
          Map.entry("file", ""),
          Map.entry("image", "file tensor"),
          Map.entry("init", "random setting tensor"),
          Map.entry("latent", "layer network norm plan tensor"),
          Map.entry("layer", "init loss norm random setting tensor"),
          Map.entry("lint", "data init layer loss norm optim plan recipe setting tensor"),
          Map.entry("loss", "random setting tensor"),
          Map.entry("metric", "data random statistics"),
          Map.entry("network", "data init layer norm plan random recipe tensor"),
          Map.entry("norm", "init random setting tensor"),
          Map.entry("optim", "setting tensor"),
          Map.entry("plan", "augment data init layer loss norm optim recipe setting tensor"),
          Map.entry("random", ""),
          Map.entry("recipe", "augment data init layer loss norm optim random setting tensor"),
          Map.entry(
              "run", "data file image network plan random recipe safetensors setting tensor train"),
          Map.entry("safetensors", "file setting tensor"),
          Map.entry("setting", ""),
          Map.entry("statistics", "random"),
          Map.entry("tensor", ""),
          Map.entry("vocabulary", "augment data init layer loss norm optim recipe setting"),
          Map.entry(
              "train",
              "augment data init layer loss network optim plan random recipe setting tensor"),
          Map.entry("weights", "safetensors setting tensor"));

  /** The libraries, and the packages that may use them. */
  private static final Map<String, List<String>> LIBRARIES =
      Map.of(
          "com.fasterxml.jackson..",
          List.of("dev.sparring.file"),
          // Of the JDK: how much memory the machine has.
          "com.sun.management..",
          List.of("dev.sparring.train"),
          "de.siegmar.fastcsv..",
          List.of("dev.sparring.data"),
          "org.apache.commons.statistics..",
          List.of("dev.sparring.statistics"),
          "org.ejml..",
          List.of(
              "dev.sparring.diagnose",
              "dev.sparring.init",
              "dev.sparring.latent",
              "dev.sparring.metric"),
          "javax.imageio..",
          List.of("dev.sparring.image", "dev.sparring.data"),
          "java.awt..",
          List.of("dev.sparring.image", "dev.sparring.data", "dev.sparring.run"));

  @Test
  void everyPackageHasItsPlace() {
    TreeSet<String> found =
        CORE.stream()
            .map(JavaClass::getPackageName)
            .map(name -> name.replaceFirst("dev\\.sparring\\.?", ""))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(new TreeMap<>(KNOWS).navigableKeySet(), found);
  }

  static Stream<String> packages() {
    return KNOWS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageKnowsOnlyWhatItMay(String name) {
    String[] allowed =
        Stream.concat(Stream.of(name), Arrays.stream(KNOWS.getOrDefault(name, "").split(" ")))
            .filter(known -> !known.isEmpty())
            .map(known -> "dev.sparring." + known)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("dev.sparring." + name)
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.sparring..").and(not(resideInAnyPackage(allowed))))
        .check(CORE);
  }

  /** A normalization is used only through its interface, so that users can add their own. */
  @Test
  void nobodyAsksWhichNormalizationOfWeightsItIs() {
    noClasses()
        .that()
        // The vocabulary lists the words and asks nothing of them.
        .resideOutsideOfPackages("dev.sparring.norm", "dev.sparring.vocabulary")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.sparring.norm")
                .and(
                    not(
                        belongToAnyOf(
                            WeightNorm.class,
                            NormContext.class,
                            NormTensor.class,
                            LinearOperator.class,
                            None.class))))
        .check(CORE);
  }

  @Test
  void noPackagesKnowEachOtherInACircle() {
    slices().matching("dev.sparring.(*)..").should().beFreeOfCycles().check(CORE);
  }

  @Test
  void thereIsNothingButJavaAndTheLibrariesWhereTheyBelong() {
    String[] everywhere = {"java..", "javax.imageio..", "org.jspecify..", "dev.sparring.."};
    String[] known =
        Stream.concat(Arrays.stream(everywhere), LIBRARIES.keySet().stream())
            .toArray(String[]::new);
    noClasses()
        .should()
        .dependOnClassesThat(not(resideInAnyPackage(known)).and(isNoPrimitive()))
        .check(CORE);
    LIBRARIES.forEach(
        (library, users) ->
            noClasses()
                .that(not(resideInAnyPackage(users.toArray(String[]::new))))
                .should()
                .dependOnClassesThat(resideInAPackage(library))
                .check(CORE));
  }

  private static DescribedPredicate<JavaClass> isNoPrimitive() {
    return DescribedPredicate.describe(
        "are no primitives or arrays of them",
        c -> !c.getBaseComponentType().isPrimitive() && !c.getPackageName().isEmpty());
  }
}
