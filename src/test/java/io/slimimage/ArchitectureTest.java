package io.slimimage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which package may use which, and what none of them may do. */
@AnalyzeClasses(
    packages = "io.slimimage",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutHelpGoal.class})
class ArchitectureTest {

  private static final String ROOT = "io.slimimage";

  private static final List<String> IMAGE = List.of("image", "layer", "application", "blob");

  /** Each package with all that it may use besides itself; the root package is everybody's. */
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("blob", List.of()),
          Map.entry("application", List.of("blob")),
          Map.entry("layer", List.of("application", "blob")),
          Map.entry("elf", List.of("blob")),
          Map.entry("modules", List.of("blob")),
          Map.entry("system", List.of("elf", "modules", "layer", "application", "blob")),
          Map.entry("runtime", List.of("system", "elf", "modules", "layer", "application", "blob")),
          Map.entry("image", List.of("layer", "application", "blob")),
          Map.entry("credentials", IMAGE),
          Map.entry("dockerfile", IMAGE),
          Map.entry("registry", plus(IMAGE, "credentials")),
          Map.entry("docker", plus(IMAGE, "dockerfile", "credentials")),
          Map.entry("base", plus(IMAGE, "dockerfile", "credentials", "docker", "registry")),
          Map.entry("output", plus(IMAGE, "dockerfile", "credentials", "docker", "registry")),
          Map.entry(
              "maven",
              plus(
                  IMAGE,
                  "elf",
                  "modules",
                  "system",
                  "runtime",
                  "dockerfile",
                  "credentials",
                  "docker",
                  "registry",
                  "base",
                  "output")));

  @ArchTest
  static final ArchRule everyPackageIsInTheTable =
      classes()
          .should()
          .resideInAnyPackage(
              Stream.concat(
                      Stream.of(ROOT), MAY_USE.keySet().stream().map(ArchitectureTest::packageOf))
                  .toArray(String[]::new))
          .because("one that the table does not know could use everything");

  @ArchTest
  static final ArchRule packagesUseOnlyWhatTheTableAllows =
      CompositeArchRule.of(
          MAY_USE.entrySet().stream()
              .filter(row -> row.getValue().size() < MAY_USE.size() - 1)
              .<ArchRule>map(row -> usesOnly(row.getKey(), row.getValue()))
              .toList());

  @ArchTest
  static final ArchRule theRootPackageUsesNoOther =
      noClasses()
          .that()
          .resideInAPackage(ROOT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + ".(*)..")
          .because("every package uses it");

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices()
          .matching(ROOT + ".(*)..")
          .should()
          .beFreeOfCycles()
          .because("packages that need each other cannot be understood one by one");

  @ArchTest
  static final ArchRule onlyTheGoalsKnowMaven =
      onlyIn(
          "maven",
          "another front end can then use the rest as it is",
          "org.apache.maven..",
          "org.codehaus.plexus..",
          "org.eclipse.aether..",
          "org.eclipse.sisu..",
          "javax.inject..");

  @ArchTest
  static final ArchRule onlyOnePackageKnowsDockerJava =
      onlyIn(
          "docker",
          "the client is a detail that may have to be replaced",
          "com.github.dockerjava..");

  @ArchTest
  static final ArchRule staticFieldsAreFinal =
      fields()
          .that()
          .areStatic()
          .should()
          .beFinal()
          .because("one class loader builds several modules at the same time");

  @ArchTest
  static final ArchRule lettersChangeTheirCaseTheSameEverywhere =
      noClasses()
          .should()
          .callMethod(String.class, "toLowerCase")
          .orShould()
          .callMethod(String.class, "toUpperCase")
          .because("where the locale is Turkish, an 'I' in lower case is no 'i'");

  @ArchTest
  static final ArchRule mavenHasTheOnlyLog =
      CompositeArchRule.of(
          List.of(
              GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING,
              GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS,
              noClasses()
                  .should()
                  .callMethod(Throwable.class, "printStackTrace")
                  .because("what BuildLog gets obeys Maven's -q and -X")));

  @ArchTest
  static final ArchRule nothingEndsTheJvm =
      noClasses()
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class)
          .because("it is Maven's, which has more to do, and in an IDE the user's");

  private static ArchRule usesOnly(String row, List<String> allowed) {
    return noClasses()
        .that()
        .resideInAPackage(packageOf(row))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            MAY_USE.keySet().stream()
                .filter(name -> !name.equals(row) && !allowed.contains(name))
                .map(ArchitectureTest::packageOf)
                .toArray(String[]::new))
        .because("data flows one way, and nothing further down calls back up");
  }

  private static ArchRule onlyIn(String row, String reason, String... libraries) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(packageOf(row))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries)
        .because(reason);
  }

  private static String packageOf(String row) {
    return ROOT + "." + row + "..";
  }

  private static List<String> plus(List<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).toList();
  }

  /** The goal {@code help} is generated, and in none of our packages. */
  static final class WithoutHelpGoal implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/HelpMojo");
    }
  }
}
