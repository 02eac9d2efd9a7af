package io.slimimage.modules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.TestJars;
import io.slimimage.TestJdks;
import io.slimimage.modules.Trigger.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every line of the table, one by one. */
class RulesTest {

  private static final Rules RULES = Rules.load();
  private static JdkImage image;
  private static JarScanner scanner;

  @BeforeAll
  static void openTheJdk() {
    image = new JdkImage(TestJdks.running());
    scanner = new JarScanner(TestJdks.running(), image.modules(), image, RULES);
  }

  @AfterAll
  static void closeTheJdk() {
    image.close();
  }

  @TestFactory
  Stream<DynamicTest> everyTriggerMakesItsRuleHold() {
    return triggers(
        (rule, trigger) -> {
          assertThat(holding(rule, trigger, example(trigger), true)).contains(rule.name());
          assertThat(holding(rule, trigger, example(trigger), false).contains(rule.name()))
              .as("holds by a library")
              .isEqualTo(!rule.own());
        });
  }

  @TestFactory
  Stream<DynamicTest> nothingElseMakesItHold() {
    return triggers(
        (rule, trigger) -> {
          String miss = trigger.kind() == Kind.LOCALE ? "en-US" : "q" + example(trigger);
          assertThat(holding(rule, trigger, miss, true)).doesNotContain(rule.name());
        });
  }

  @TestFactory
  Stream<DynamicTest> rulesOfSomeReleasesDoNotHoldForOthers() {
    return triggers(
        (rule, trigger) -> {
          assertThat(rule.isFor(rule.until())).isTrue();
          assertThat(rule.isFor(rule.until() + 1)).isFalse();
        },
        RULES.rules().stream().filter(rule -> rule.until() > 0).toList());
  }

  @Test
  void anApplicationThatNeedsNothingPullsNoTrigger() {
    ScannedJar jar = TestScan.jar("app.jar", true, plain(TestClass.named("app/Main")));
    assertThat(book(17, jar, List.of("en", "en-US")).holding(List.of("java.base"))).isEmpty();
  }

  @Test
  void everyModuleOfTheTableIsInSomeJdk() {
    Set<String> known = new HashSet<>();
    for (Jdk jdk : TestJdks.all()) {
      try (JdkImage each = new JdkImage(jdk)) {
        known.addAll(each.modules().modules().keySet());
      }
    }
    if (TestJdks.running().feature() > 18) {
      known.add("jdk.random");
    }
    assertThat(RULES.rules()).flatExtracting(Rule::modules).isSubsetOf(known);
  }

  @Test
  void everyRuleSaysWhyAndHasANameOfItsOwn() {
    assertThat(RULES.rules()).extracting(Rule::name).doesNotHaveDuplicates();
    assertThat(RULES.rules()).allMatch(rule -> rule.why().endsWith("."));
    assertThat(RULES.rules())
        .allMatch(rule -> !rule.modules().isEmpty() || !rule.features().isEmpty());
  }

  @Test
  void isReadLineByLine() {
    String table =
        """
        # a comment
        silent a.A b.*
        tool jdk.jdeps
        left-out jdk.editpad The editor of jshell.

        rule one
          why Since it is one.
          own
          until 21
          refers java.net.URL* javax.net.*
          refers javax.crypto.*
          on-module java.management
          module jdk.crypto.ec jdk.net
          feature drawing sound
        rule two
          text dns:*
        """;
    Rules.Table read = RulesReader.read(table.getBytes(UTF_8));

    assertThat(read.silent()).containsExactly("a.A", "b.*");
    assertThat(read.tools()).containsExactly("jdk.jdeps");
    assertThat(read.leftOut()).isEqualTo(Map.of("jdk.editpad", "The editor of jshell."));
    assertThat(read.rules())
        .containsExactly(
            new Rule(
                "one",
                "Since it is one.",
                true,
                21,
                Map.of(
                    Kind.REFERS,
                    List.of("java.net.URL*", "javax.net.*", "javax.crypto.*"),
                    Kind.MODULE,
                    List.of("java.management")),
                Set.of("jdk.crypto.ec", "jdk.net"),
                Set.of(RuntimeFeature.DRAWING, RuntimeFeature.SOUND)),
            new Rule("two", "", false, 0, Map.of(Kind.TEXT, List.of("dns:*")), Set.of(), Set.of()));
    assertThatThrownBy(() -> RulesReader.read("rule one\n mentions a.A".getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyCharsetOutsideOfJavaBaseIsInTheTable() {
    List<Trigger> triggers = RULES.triggers(Kind.CHARSET);
    List<String> foreign =
        Charset.availableCharsets().values().stream()
            .filter(each -> "jdk.charsets".equals(each.getClass().getModule().getName()))
            .map(Charset::name)
            .toList();
    assertThat(foreign)
        .hasSizeGreaterThan(50)
        .allMatch(name -> triggers.stream().anyMatch(each -> each.matches(name)));
    assertThat(triggers).noneMatch(each -> each.matches("UTF-8") || each.matches("ISO-8859-1"));
  }

  @Test
  void everyProviderOfAServiceIsInTheTableOneWayOrTheOther() throws IOException {
    Set<String> decided =
        new HashSet<>(RULES.rules().stream().flatMap(rule -> rule.modules().stream()).toList());
    try (InputStream in = Rules.class.getResourceAsStream("rules.txt")) {
      decided.addAll(RulesReader.read(in.readAllBytes()).leftOut().keySet());
    }
    assertThat(serviceProviders()).hasSizeGreaterThan(20).isSubsetOf(decided);
  }

  /** The modules of the running JDK that provide what another one uses, on Linux. */
  private static Set<String> serviceProviders() {
    List<ModuleDescriptor> all =
        ModuleFinder.ofSystem().findAll().stream().map(ModuleReference::descriptor).toList();
    Set<String> providers = new HashSet<>();
    for (ModuleDescriptor user : all) {
      for (ModuleDescriptor provider : all) {
        if (provider != user
            && provider.provides().stream().anyMatch(p -> user.uses().contains(p.service()))) {
          providers.add(provider.name());
        }
      }
    }
    return providers;
  }

  private interface Check {
    void accept(Rule rule, Trigger trigger);
  }

  private static Stream<DynamicTest> triggers(Check check) {
    return triggers(check, RULES.rules());
  }

  private static Stream<DynamicTest> triggers(Check check, List<Rule> rules) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Rule rule : rules) {
      for (Kind kind : Kind.values()) {
        for (Trigger each : rule.triggers(kind)) {
          tests.add(
              DynamicTest.dynamicTest(rule.name() + ": " + each, () -> check.accept(rule, each)));
        }
      }
    }
    return tests.stream();
  }

  private static String example(Trigger trigger) {
    if (trigger.kind() == Kind.LOCALE) {
      return "ko";
    }
    return trigger.pattern().replace("*", "Xyz");
  }

  /** Returns the names of the rules that hold where a value is in the place of a trigger. */
  private static List<String> holding(Rule rule, Trigger trigger, String value, boolean own) {
    String path = value.replace('.', '/');
    TestClass main = TestClass.named("app/Main");
    TestJars jar =
        switch (trigger.kind()) {
          case REFERS -> plain(main.refersTo(path));
          case TEXT -> plain(main.says(value));
          case CHARSET -> plain(main.says(value.toUpperCase(Locale.ROOT)));
          case CONTAINS -> plain(main).add(path + ".class", TestClass.named(path).bytes());
          case PROVIDES -> plain(main).add("META-INF/services/" + value, "app.Main");
          case MANIFEST -> plain(main).manifest(value, "app.Main");
          case MODULE, LOCALE -> plain(main);
        };
    List<String> modules =
        trigger.kind() == Kind.MODULE ? List.of("java.base", value) : List.of("java.base");
    List<String> locales = trigger.kind() == Kind.LOCALE ? List.of(value) : List.of();
    int feature = rule.until() > 0 ? rule.until() : 17;
    return book(feature, TestScan.jar("some.jar", own, jar), locales).holding(modules).stream()
        .map(each -> each.rule().name())
        .toList();
  }

  private static TestJars plain(TestClass main) {
    return TestJars.jar().add("app/Main.class", main.bytes());
  }

  private static RuleBook book(int feature, ScannedJar jar, List<String> locales) {
    return new RuleBook(RULES, feature, List.of(jar), List.of(scanner.scan(jar)), locales);
  }
}
