package io.slimimage.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import io.slimimage.TestJars;
import io.slimimage.TestJdks;
import io.slimimage.blob.Blob;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleScanTest {

  private static final byte[] NEEDS_SQL =
      TestClass.named("lib/NeedsSql").refersTo("java/sql/Timestamp").bytes();

  @TempDir private Path cache;

  @Test
  void findsWhatIsUsedAnywhereInAClass() {
    assertThat(scan().own(main().refersTo("java/sql/Date")).modules()).contains("java.sql");
    assertThat(scan().own(main().refersTo("[[Ljava/util/logging/Level;")).modules())
        .contains("java.logging");
    assertThat(scan().own(main().annotatedWith("Ljdk/jfr/Name;")).modules()).contains("jdk.jfr");
    assertThat(scan().own(main().field("Ljavax/naming/Name;", null)).modules())
        .contains("java.naming");
    String generic = "Ljava/util/Map<TL;[Lorg/w3c/dom/Node;>;";
    assertThat(scan().own(main().field("Ljava/util/Map;", generic)).modules()).contains("java.xml");
    assertThat(scan().own(main().refersTo("sun/misc/Unsafe")).modules())
        .contains("jdk.unsupported");
    assertThat(scan().own(main().refersTo("com/sun/rowset/internal/Row")).modules())
        .as("a package that is not exported")
        .contains("java.sql.rowset");
  }

  @Test
  void findsNothingButTheBaseWhereNothingElseIsUsed() {
    assertThat(scan().own(main()).modules()).containsExactly("java.base");
    assertThat(scan().modules()).as("no jars at all").containsExactly("java.base");
  }

  @Test
  void addsWhatModulesRequireThemselves() {
    assertThat(scan().own(main().refersTo("java/sql/Date")).modules())
        .containsExactly(
            "java.base", "java.logging", "java.sql", "java.transaction.xa", "java.xml");
  }

  @Test
  void findsClassesThatStringsName() {
    assertThat(scan().own(main().says("jdk.net.ExtendedSocketOptions")).modules())
        .contains("jdk.net");
    assertThat(scan().own(main().says("jdk.net.NoSuchClass").says("java.sql")).modules())
        .containsExactly("java.base");
  }

  @Test
  void takesToolsForTheApplicationAloneWhereStringsNameThem() {
    TestClass compiling = main().says("com.sun.tools.javac.Main");
    assertThat(scan().own(compiling).modules()).contains("jdk.compiler");
    TestJars database = TestJars.jar().add("app/Main.class", compiling.bytes());
    assertThat(scan().own(main()).library("h2.jar", database).modules())
        .containsExactly("java.base");
  }

  @Test
  void ignoresTheStringsOfClassesThatLoadNothingByThem() {
    String silent = "com/fasterxml/jackson/databind/jsontype/impl/SubTypeValidator";
    byte[] validator = TestClass.named(silent).says("com.sun.rowset.JdbcRowSetImpl").bytes();
    TestJars jar = TestJars.jar().add(silent + ".class", validator);
    assertThat(scan().own(main()).library("jackson.jar", jar).modules())
        .containsExactly("java.base");
  }

  @Test
  void tellsTheFirstClassByClassPathAndName() {
    TestJars library =
        TestJars.jar().add("lib/NeedsSql.class", NEEDS_SQL).add("lib/A.class", sqlClass("lib/A"));
    TestScan scan =
        scan()
            .own(main())
            .library("first.jar", library)
            .library("second.jar", TestJars.jar().add("a/A.class", sqlClass("a/A")));
    assertThat(scan.use("java.sql"))
        .isEqualTo(new ModuleUse("java.sql", "class", "lib.A", "first.jar"));
    assertThat(scan.use("java.xml").reason()).startsWith("required by java.sql");
    assertThat(scan.use("java.base").jar()).isEqualTo("app.jar");
    assertThat(scan().use("java.base").reason()).isEqualTo("always");
    assertThat(scan.debug).anyMatch(line -> line.contains("lib.A") && line.contains("java.sql"));
  }

  @Test
  void looksIntoTheVersionsThatTheJdkSees() {
    TestJars jar = versions().manifest("Multi-Release", "true");
    assertThat(scan().own(main()).library("mr.jar", jar).modules())
        .contains("java.naming")
        .doesNotContain("java.sql", "java.prefs", "java.rmi");
  }

  @Test
  void ignoresVersionsOfAJarThatDoesNotSayThatItHasSome() {
    assertThat(scan().own(main()).library("plain.jar", versions()).modules())
        .contains("java.sql")
        .doesNotContain("java.naming", "java.prefs", "java.rmi");
  }

  /** A class with other needs on Java 8, from 9, from 11 and from 99 on. */
  private static TestJars versions() {
    return TestJars.jar()
        .add("lib/A.class", sqlClass("lib/A"))
        .add("META-INF/versions/9/lib/A.class", refers("java/util/prefs/Preferences", 9))
        .add("META-INF/versions/11/lib/A.class", refers("javax/naming/Name", 11))
        .add("META-INF/versions/99/lib/A.class", refers("java/rmi/Remote", 99));
  }

  @Test
  void takesWhatAModuleDescriptorRequires() {
    TestJars jar =
        TestJars.jar().add("module-info.class", TestClass.moduleInfo("lib", "java.prefs", false));
    assertThat(scan().own(main()).library("lib.jar", jar).modules()).contains("java.prefs");
    TestJars toCompile =
        TestJars.jar().add("module-info.class", TestClass.moduleInfo("lib", "java.rmi", true));
    assertThat(scan().own(main()).library("lib.jar", toCompile).modules())
        .containsExactly("java.base");
    TestJars foreign =
        TestJars.jar().add("module-info.class", TestClass.moduleInfo("lib", "org.other", false));
    assertThat(scan().own(main()).library("lib.jar", foreign).modules())
        .containsExactly("java.base");
  }

  @Test
  void drawsOnlyForTheApplicationsOwnClasses() {
    TestClass drawing = main().refersTo("java/awt/image/BufferedImage");
    assertThat(scan().own(drawing).run().features()).containsExactly(RuntimeFeature.DRAWING);
    TestJars library = TestJars.jar().add("app/Main.class", drawing.bytes());
    ModuleSet set = scan().own(main()).library("spring.jar", library).run();
    assertThat(set.features()).isEmpty();
    assertThat(set.names()).contains("java.desktop");
  }

  @Test
  void asksForTheElementsOfTlsWhereTheyAreAModule() {
    List<String> modules = scan().own(main().refersTo("javax/net/ssl/SSLContext")).modules();
    assertThat(modules.contains("jdk.crypto.ec")).isEqualTo(TestJdks.running().feature() < 22);
  }

  @Test
  void readsAJdkOfAnotherRelease() {
    Jdk other = TestJdks.other();
    TestClass main = main().refersTo("javax/net/ssl/SSLContext").refersTo("java/sql/Date");
    List<String> modules = scan().own(main).jdk(other).modules();
    assertThat(modules).contains("java.sql", "java.transaction.xa");
    assertThat(modules.contains("jdk.crypto.ec")).isEqualTo(other.feature() < 22);
    String onlyThere = other.feature() > 17 ? "jdk.graal.compiler" : "jdk.random";
    assertThat(scan().own(main()).jdk(other).add(onlyThere).modules()).contains(onlyThere);
    assertThatThrownBy(() -> scan().own(main()).add(onlyThere).run())
        .hasMessageContainingAll(onlyThere, "no module of JDK " + TestJdks.running().feature());
  }

  @Test
  void warnsAboutALibrarysFilesThatAreNoClasses() {
    TestJars jar =
        TestJars.jar()
            .add("templates/Main.class", "package ${package};")
            .add("lib/NeedsSql.class", NEEDS_SQL);
    TestScan scan = scan().own(main()).library("archetype.jar", jar);
    assertThat(scan.modules()).contains("java.sql");
    assertThat(scan.warnings)
        .singleElement()
        .asString()
        .contains("[templates.Main]", "[archetype.jar]", "does not begin like a class file");
  }

  @Test
  void refusesACorruptClassOfTheApplication() {
    byte[] whole = main().refersTo("java/sql/Date").bytes();
    for (int length : new int[] {0, 3, 9, 40, 80}) {
      TestJars jar = TestJars.jar().add("app/Main.class", Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> scan().own(jar).run())
          .isInstanceOf(SlimImageException.class)
          .hasMessageContainingAll("[app.Main]", "[app.jar]", ", perhaps you should ");
    }
  }

  @Test
  void refusesACorruptJarOfALibrary() {
    byte[] bytes =
        TestJars.jar().addStored("lib/NeedsSql.class", NEEDS_SQL).add("b.txt", "b").bytes();
    bytes[NEEDS_SQL.length / 2] ^= 1;
    ScannedJar corrupt = new ScannedJar("sick.jar", false, Blob.of(bytes));
    assertThatThrownBy(() -> scan().own(main()).with(corrupt).run())
        .isInstanceOf(SlimImageException.class)
        .hasMessageContainingAll("sick.jar", "lib/NeedsSql.class");
    ScannedJar noJar = new ScannedJar("page.jar", false, Blob.of("<html>".repeat(9).getBytes()));
    assertThatThrownBy(() -> scan().own(main()).with(noJar).run())
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("page.jar");
  }

  @Test
  void refusesClassesThatAreNewerThanTheJdk() {
    int newer = TestJdks.running().feature() + 1;
    TestClass main = TestClass.named("app/Main", newer);
    assertThatThrownBy(() -> scan().own(main).run())
        .isInstanceOf(SlimImageException.class)
        .hasMessageContainingAll(
            "JDK is older than the classes",
            "[app.Main]",
            "[app.jar]",
            "Java " + newer,
            "release " + TestJdks.running().feature(),
            "compile for Java " + TestJdks.running().feature(),
            "'slimimage.builder.image'");
    TestJars library = TestJars.jar().add("lib/A.class", refers("java/sql/Date", newer));
    assertThatThrownBy(() -> scan().own(main()).library("new.jar", library).run())
        .hasMessageContainingAll("[lib.A]", "[new.jar]", "use a version of it");
  }

  @Test
  void warnsAboutALibraryThatIsNewerInParts() {
    int newer = TestJdks.running().feature() + 1;
    TestJars library =
        TestJars.jar()
            .add("lib/A.class", refers("java/sql/Date", newer))
            .add("lib/B.class", TestClass.named("lib/B").bytes());
    TestScan scan = scan().own(main()).library("mixed.jar", library);
    assertThat(scan.modules()).contains("java.sql");
    assertThat(scan.warnings).singleElement().asString().contains("[lib.A]", "[mixed.jar]");
  }

  private TestScan scan() {
    return TestScan.in(cache);
  }

  private static TestClass main() {
    return TestClass.named("app/Main");
  }

  private static byte[] sqlClass(String name) {
    return TestClass.named(name).refersTo("java/sql/Date").bytes();
  }

  private static byte[] refers(String to, int release) {
    return TestClass.named("lib/A", release).refersTo(to).bytes();
  }
}
