<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
 <context>
  <name>AboutCard</name>
  <message numerus="yes">
   <source>%n thread(s)</source>
   <translation>
    <numerusform>%n thread</numerusform>
    <numerusform>%n threads</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Models: %n checked, all intact.</source>
   <translation>
    <numerusform>Models: %n checked, all intact.</numerusform>
    <numerusform>Models: %n checked, all intact.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Network: %n way(s) out tried, every one refused.</source>
   <translation>
    <numerusform>Network: %n way out tried, every one refused.</numerusform>
    <numerusform>Network: %n ways out tried, every one refused.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>AuditTab</name>
  <message numerus="yes">
   <source>%n entry(ies) written.</source>
   <translation>
    <numerusform>%n entry written.</numerusform>
    <numerusform>%n entries written.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>The chain of %n entry(ies) is unbroken.</source>
   <translation>
    <numerusform>The chain of %n entry is unbroken.</numerusform>
    <numerusform>The chain of %n entries is unbroken.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>CheckStep</name>
  <message numerus="yes">
   <source>These examples cannot be taught yet: %n thing(s) must be corrected.</source>
   <translation>
    <numerusform>These examples cannot be taught yet: %n thing must be corrected.</numerusform>
    <numerusform>These examples cannot be taught yet: %n things must be corrected.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>They can be taught. Looking at %n thing(s) first would make the skill better.</source>
   <translation>
    <numerusform>They can be taught. Looking at %n thing first would make the skill better.</numerusform>
    <numerusform>They can be taught. Looking at %n things first would make the skill better.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>ComparedView</name>
  <message numerus="yes">
   <source>Version {first} had {first_share} right, version {second} {second_share}, of %n text(s). {only_first} of them only version {first} had right, {only_second} only version {second}.</source>
   <translation>
    <numerusform>Version {first} had {first_share} right, version {second} {second_share}, of %n text. {only_first} of them only version {first} had right, {only_second} only version {second}.</numerusform>
    <numerusform>Version {first} had {first_share} right, version {second} {second_share}, of %n texts. {only_first} of them only version {first} had right, {only_second} only version {second}.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>DataStep</name>
  <message numerus="yes">
   <source>The most frequent and the rarest; %n label(s) between them are not shown.</source>
   <translation>
    <numerusform>The most frequent and the rarest; %n label between them are not shown.</numerusform>
    <numerusform>The most frequent and the rarest; %n labels between them are not shown.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>the rarest has %n example(s)</source>
   <translation>
    <numerusform>the rarest has %n example</numerusform>
    <numerusform>the rarest has %n examples</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>DataTab</name>
  <message numerus="yes">
   <source>%n row(s) written to {file}.</source>
   <translation>
    <numerusform>%n row written to {file}.</numerusform>
    <numerusform>%n rows written to {file}.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>DatasetView</name>
  <message numerus="yes">
   <source>%n label(s)</source>
   <translation>
    <numerusform>%n label</numerusform>
    <numerusform>%n labels</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>DeskCount</name>
  <message numerus="yes">
   <source>%n question(s) wait</source>
   <translation>
    <numerusform>%n question wait</numerusform>
    <numerusform>%n questions wait</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>DocumentsTab</name>
  <message numerus="yes">
   <source>%n approved answer(s)</source>
   <translation>
    <numerusform>%n approved answer</numerusform>
    <numerusform>%n approved answers</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n document(s)</source>
   <translation>
    <numerusform>%n document</numerusform>
    <numerusform>%n documents</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n passage(s)</source>
   <translation>
    <numerusform>%n passage</numerusform>
    <numerusform>%n passages</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Reading %n file(s) or folder(s)…</source>
   <translation>
    <numerusform>Reading %n file or folder…</numerusform>
    <numerusform>Reading %n files or folders…</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Remove %n document(s)?</source>
   <translation>
    <numerusform>Remove %n document?</numerusform>
    <numerusform>Remove %n documents?</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>EntityView</name>
  <message numerus="yes">
   <source>%n found</source>
   <translation>
    <numerusform>%n found</numerusform>
    <numerusform>%n found</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>EvaluateCard</name>
  <message numerus="yes">
   <source>%n item(s) unknown to it were left out.</source>
   <translation>
    <numerusform>%n item unknown to it was left out.</numerusform>
    <numerusform>%n items unknown to it were left out.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n person(s) unknown to it were left out.</source>
   <translation>
    <numerusform>%n person unknown to it was left out.</numerusform>
    <numerusform>%n people unknown to it were left out.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Measured on %n person(s).</source>
   <translation>
    <numerusform>Measured on %n person.</numerusform>
    <numerusform>Measured on %n people.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>EventChips</name>
  <message numerus="yes">
   <source>%n more count(s) too.</source>
   <translation>
    <numerusform>%n more count too.</numerusform>
    <numerusform>%n more counts too.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>ExpiryField</name>
  <message numerus="yes">
   <source>%n month(s)</source>
   <translation>
    <numerusform>%n month</numerusform>
    <numerusform>%n months</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>FeedbackCard</name>
  <message numerus="yes">
   <source>%n event(s) added to {dataset}. Learn anew to use them.</source>
   <translation>
    <numerusform>%n event added to {dataset}. Learn anew to use them.</numerusform>
    <numerusform>%n events added to {dataset}. Learn anew to use them.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>FiguresTab</name>
  <message numerus="yes">
   <source>%n day(s)</source>
   <translation>
    <numerusform>%n day</numerusform>
    <numerusform>%n days</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n question(s)</source>
   <translation>
    <numerusform>%n question</numerusform>
    <numerusform>%n questions</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n question(s) wait</source>
   <translation>
    <numerusform>%n question wait</numerusform>
    <numerusform>%n questions wait</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>FileTab</name>
  <message numerus="yes">
   <source>Lists for %n person(s), one per line.</source>
   <translation>
    <numerusform>Lists for %n person, one per line.</numerusform>
    <numerusform>Lists for %n people, one per line.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>FitView</name>
  <message numerus="yes">
   <source>%Ln row(s)</source>
   <translation>
    <numerusform>%Ln row</numerusform>
    <numerusform>%Ln rows</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>FolderWatch</name>
  <message numerus="yes">
   <source>%n file(s) of the watched folders of {collection} were read.</source>
   <translation>
    <numerusform>%n file of the watched folders of {collection} were read.</numerusform>
    <numerusform>%n files of the watched folders of {collection} were read.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>FoldersPart</name>
  <message numerus="yes">
   <source>Remove %n document(s) whose files are gone?</source>
   <translation>
    <numerusform>Remove %n document whose files are gone?</numerusform>
    <numerusform>Remove %n documents whose files are gone?</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Stop watching %n folder(s)?</source>
   <translation>
    <numerusform>Stop watching %n folder?</numerusform>
    <numerusform>Stop watching %n folders?</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>GeneratorPart</name>
  <message numerus="yes">
   <source> ({moment}, %n thread(s))</source>
   <translation>
    <numerusform> ({moment}, %n thread)</numerusform>
    <numerusform> ({moment}, %n threads)</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>ImportDialog</name>
  <message numerus="yes">
   <source>%n column(s)</source>
   <translation>
    <numerusform>%n column</numerusform>
    <numerusform>%n columns</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>LabelView</name>
  <message numerus="yes">
   <source>Teach with %n label(s)</source>
   <translation>
    <numerusform>Teach with %n label</numerusform>
    <numerusform>Teach with %n labels</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Version {version} learned %n more text(s) but was no better; the one in use stays.</source>
   <translation>
    <numerusform>Version {version} learned %n more text but was no better; the one in use stays.</numerusform>
    <numerusform>Version {version} learned %n more texts but was no better; the one in use stays.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{name} learned %n more text(s): version {version} is in use.</source>
   <translation>
    <numerusform>{name} learned %n more text: version {version} is in use.</numerusform>
    <numerusform>{name} learned %n more texts: version {version} is in use.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>LeftOut</name>
  <message numerus="yes">
   <source>%n sentence(s) left out that the source does not hold.</source>
   <translation>
    <numerusform>%n sentence left out that the source does not hold.</numerusform>
    <numerusform>%n sentences left out that the source does not hold.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>… and %n more</source>
   <translation>
    <numerusform>… and %n more</numerusform>
    <numerusform>… and %n more</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>MeterPart</name>
  <message numerus="yes">
   <source>%n line(s) of the file could not be used</source>
   <translation>
    <numerusform>%n line of the file could not be used</numerusform>
    <numerusform>%n lines of the file could not be used</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n question(s)</source>
   <translation>
    <numerusform>%n question</numerusform>
    <numerusform>%n questions</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>MoreReport</name>
  <message numerus="yes">
   <source>Labels were left out while learning, and their texts played strangers: of %n such text(s) {share} were turned away, while 95% of the known ones were kept.</source>
   <translation>
    <numerusform>Labels were left out while learning, and their texts played strangers: of %n such text {share} were turned away, while 95% of the known ones were kept.</numerusform>
    <numerusform>Labels were left out while learning, and their texts played strangers: of %n such texts {share} were turned away, while 95% of the known ones were kept.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>OptionsPanel</name>
  <message numerus="yes">
   <source>The top %n layer(s)</source>
   <translation>
    <numerusform>The top %n layer</numerusform>
    <numerusform>The top %n layers</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>PersonTab</name>
  <message numerus="yes">
   <source>{person} is forgotten: %n event(s) removed.</source>
   <translation>
    <numerusform>{person} is forgotten: %n event removed.</numerusform>
    <numerusform>{person} is forgotten: %n events removed.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Picker</name>
  <message numerus="yes">
   <source>%n event(s)</source>
   <translation>
    <numerusform>%n event</numerusform>
    <numerusform>%n events</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>QueueList</name>
  <message numerus="yes">
   <source>asked %n time(s)</source>
   <translation>
    <numerusform>asked %n time</numerusform>
    <numerusform>asked %n times</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>QueueTab</name>
  <message numerus="yes">
   <source>%n example(s) are in the data set {name}.</source>
   <translation>
    <numerusform>%n example are in the data set {name}.</numerusform>
    <numerusform>%n examples are in the data set {name}.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>ReadyToAsk</name>
  <message numerus="yes">
   <source>%n approved answer(s)</source>
   <translation>
    <numerusform>%n approved answer</numerusform>
    <numerusform>%n approved answers</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n document(s)</source>
   <translation>
    <numerusform>%n document</numerusform>
    <numerusform>%n documents</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>ReportView</name>
  <message numerus="yes">
   <source>Cross-validated on %n text(s).</source>
   <translation>
    <numerusform>Cross-validated on %n text.</numerusform>
    <numerusform>Cross-validated on %n texts.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>RulesView</name>
  <message numerus="yes">
   <source>%n year(s) or younger</source>
   <translation>
    <numerusform>%n year or younger</numerusform>
    <numerusform>%n years or younger</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>SafetyCard</name>
  <message numerus="yes">
   <source>After %n minute(s)</source>
   <translation>
    <numerusform>After %n minute</numerusform>
    <numerusform>After %n minutes</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>SearchPart</name>
  <message numerus="yes">
   <source>%n passage(s)</source>
   <translation>
    <numerusform>%n passage</numerusform>
    <numerusform>%n passages</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>SkillList</name>
  <message numerus="yes">
   <source>%n label(s)</source>
   <translation>
    <numerusform>%n label</numerusform>
    <numerusform>%n labels</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>TrainStep</name>
  <message numerus="yes">
   <source>Waits for %n training(s) before it</source>
   <translation>
    <numerusform>Waits for %n training before it</numerusform>
    <numerusform>Waits for %n trainings before it</numerusform>
   </translation>
  </message>
 </context>
</TS>
