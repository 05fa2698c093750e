<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
 <context>
  <name>AboutCard</name>
  <message numerus="yes">
   <source>%n thread(s)</source>
   <translation>
    <numerusform>%n 个线程</numerusform>
   </translation>
  </message>
  <message>
   <source>About</source>
   <translation>关于</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>复制</translation>
  </message>
  <message>
   <source>Looks at machine and models, tries every way to the network and shows that it is refused.</source>
   <translation>检查本机和模型，尝试每一条通往网络的途径，并证明都被拒绝。</translation>
  </message>
  <message>
   <source>Memory held now: {held}</source>
   <translation>当前占用的内存：{held}</translation>
  </message>
  <message numerus="yes">
   <source>Models: %n checked, all intact.</source>
   <translation>
    <numerusform>模型：检查了 %n 个，全部完好。</numerusform>
   </translation>
  </message>
  <message>
   <source>Models: damaged are {names}.</source>
   <translation>模型：以下已损坏：{names}。</translation>
  </message>
  <message numerus="yes">
   <source>Network: %n way(s) out tried, every one refused.</source>
   <translation>
    <numerusform>网络：尝试了 %n 条外出途径，全部被拒绝。</numerusform>
   </translation>
  </message>
  <message>
   <source>Network: {refused} of {attempts} ways out were refused.</source>
   <translation>网络：{attempts} 条外出途径中有 {refused} 条被拒绝。</translation>
  </message>
  <message>
   <source>Run the self-test</source>
   <translation>运行自检</translation>
  </message>
  <message>
   <source>Self-test</source>
   <translation>自检</translation>
  </message>
  <message>
   <source>Testing…</source>
   <translation>正在检测…</translation>
  </message>
  <message>
   <source>Workspace</source>
   <translation>工作区</translation>
  </message>
  <message>
   <source>made {moment}</source>
   <translation>创建于 {moment}</translation>
  </message>
  <message>
   <source>{free} of {all} memory free</source>
   <translation>内存 {all}，可用 {free}</translation>
  </message>
 </context>
 <context>
  <name>AnswerActions</name>
  <message>
   <source>Another source</source>
   <translation>换个出处</translation>
  </message>
  <message>
   <source>Answer again from other places than the answers so far.</source>
   <translation>不用此前答案所依据的位置，从别处重新回答。</translation>
  </message>
  <message>
   <source>Ask again</source>
   <translation>重新提问</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>复制</translation>
  </message>
  <message>
   <source>Copy with sources</source>
   <translation>连同出处复制</translation>
  </message>
  <message>
   <source>For which skill?</source>
   <translation>交给哪个技能？</translation>
  </message>
  <message>
   <source>Hand over to a person</source>
   <translation>转交人工</translation>
  </message>
  <message>
   <source>Have the question labelled</source>
   <translation>把问题交给人标注</translation>
  </message>
  <message>
   <source>Let the generator write it again, with another seed. It is checked again.</source>
   <translation>让生成模型用另一个种子重新写一遍，并再次核对。</translation>
  </message>
  <message>
   <source>Other words</source>
   <translation>换个说法</translation>
  </message>
  <message>
   <source>The answer and its sources are on the clipboard.</source>
   <translation>回答及其出处已复制到剪贴板。</translation>
  </message>
  <message>
   <source>The answer is on the clipboard.</source>
   <translation>回答已复制到剪贴板。</translation>
  </message>
  <message>
   <source>The question waits in the labelling queue of a skill, which then learns it.</source>
   <translation>问题会进入某个技能的标注队列，标注后该技能就能学会它。</translation>
  </message>
  <message>
   <source>This answer is right</source>
   <translation>回答正确</translation>
  </message>
  <message>
   <source>This answer is wrong</source>
   <translation>回答有误</translation>
  </message>
 </context>
 <context>
  <name>AnswerEditor</name>
  <message>
   <source>Answer</source>
   <translation>回答</translation>
  </message>
  <message>
   <source>Approved answer</source>
   <translation>审定答案</translation>
  </message>
  <message>
   <source>Collection</source>
   <translation>资料库</translation>
  </message>
  <message>
   <source>Delete…</source>
   <translation>删除…</translation>
  </message>
  <message>
   <source>Good until</source>
   <translation>有效期至</translation>
  </message>
  <message>
   <source>It stands in line {line} of {file} and is changed there; refresh the collection then.</source>
   <translation>它在 {file} 的第 {line} 行，请在那里修改，然后刷新资料库。</translation>
  </message>
  <message>
   <source>New approved answer</source>
   <translation>新的审定答案</translation>
  </message>
  <message>
   <source>Other ways to ask it</source>
   <translation>其他问法</translation>
  </message>
  <message>
   <source>Other ways to ask it, one per line</source>
   <translation>其他问法，每行一种</translation>
  </message>
  <message>
   <source>Question</source>
   <translation>问题</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>保存</translation>
  </message>
  <message>
   <source>This answer expired on {day} and is no longer given. Save it with a later day to use it.</source>
   <translation>该答案已于 {day} 过期，不再给出。改为更晚的日期并保存即可重新使用。</translation>
  </message>
  <message>
   <source>Whose answer it is</source>
   <translation>答案由谁负责</translation>
  </message>
 </context>
 <context>
  <name>AnswerForm</name>
  <message>
   <source>Answer</source>
   <translation>回答</translation>
  </message>
  <message>
   <source>Answered by</source>
   <translation>答复人</translation>
  </message>
  <message>
   <source>Ctrl+Enter answers and goes on to the next question.</source>
   <translation>按 Ctrl+Enter 答复并转到下一个问题。</translation>
  </message>
  <message>
   <source>Dismiss…</source>
   <translation>不予答复…</translation>
  </message>
  <message>
   <source>Good until</source>
   <translation>有效期至</translation>
  </message>
  <message>
   <source>Intent</source>
   <translation>意图</translation>
  </message>
  <message>
   <source>It is found at once when the question comes again.</source>
   <translation>再遇到这个问题时立即给出。</translation>
  </message>
  <message>
   <source>Keep it as an approved answer</source>
   <translation>保存为审定答案</translation>
  </message>
  <message>
   <source>Question</source>
   <translation>问题</translation>
  </message>
  <message>
   <source>Teaches the intents; may stay empty</source>
   <translation>用于教意图，可以不填</translation>
  </message>
  <message>
   <source>The question it answers</source>
   <translation>它回答的问题</translation>
  </message>
  <message>
   <source>What it is about (an intent, not needed)</source>
   <translation>属于哪个意图（可不填）</translation>
  </message>
  <message>
   <source>Whose answer it is</source>
   <translation>答案由谁负责</translation>
  </message>
  <message>
   <source>Write the answer. The customer gets it in this conversation.</source>
   <translation>写下答复。客户会在这段对话中看到它。</translation>
  </message>
  <message>
   <source>Your answer</source>
   <translation>您的答复</translation>
  </message>
  <message>
   <source>Your name</source>
   <translation>您的姓名</translation>
  </message>
 </context>
 <context>
  <name>AnswerView</name>
  <message>
   <source>Answer</source>
   <translation>回答</translation>
  </message>
  <message>
   <source>Confidence</source>
   <translation>把握程度</translation>
  </message>
  <message>
   <source>Stopped. Ask again to get the whole answer.</source>
   <translation>已停止。重新提问即可得到完整回答。</translation>
  </message>
  <message>
   <source>These sources do not agree. Read both before you rely on one of them.</source>
   <translation>这些出处说法不一。在采信其中之一之前，请把它们都读一读。</translation>
  </message>
  <message>
   <source>{percent}% sure</source>
   <translation>把握 {percent}%</translation>
  </message>
 </context>
 <context>
  <name>ApprovedTab</name>
  <message>
   <source>All</source>
   <translation>全部</translation>
  </message>
  <message>
   <source>All collections</source>
   <translation>所有资料库</translation>
  </message>
  <message>
   <source>An approved answer is given word for word. Answer questions in the queue and keep the answers, write one here, or add a table of questions and answers to a collection.</source>
   <translation>审定答案会一字不差地给出。您可以在队列中答复问题并保存答案、在这里直接撰写，或把一张问答表加入资料库。</translation>
  </message>
  <message>
   <source>Approved answer</source>
   <translation>审定答案</translation>
  </message>
  <message>
   <source>Approved answers</source>
   <translation>审定答案</translation>
  </message>
  <message>
   <source>By</source>
   <translation>来自</translation>
  </message>
  <message>
   <source>Choose an answer</source>
   <translation>选择一个答案</translation>
  </message>
  <message>
   <source>Collection</source>
   <translation>资料库</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>删除</translation>
  </message>
  <message>
   <source>Delete this approved answer?</source>
   <translation>删除这条审定答案？</translation>
  </message>
  <message>
   <source>Expired</source>
   <translation>已过期</translation>
  </message>
  <message>
   <source>Expired {day}</source>
   <translation>{day} 过期</translation>
  </message>
  <message>
   <source>Good until</source>
   <translation>有效期至</translation>
  </message>
  <message>
   <source>In use</source>
   <translation>使用中</translation>
  </message>
  <message>
   <source>It is shown here, and can be changed if it was written here.</source>
   <translation>答案会显示在这里；在这里撰写的可以修改。</translation>
  </message>
  <message>
   <source>Keep</source>
   <translation>保留</translation>
  </message>
  <message>
   <source>New answer</source>
   <translation>新答案</translation>
  </message>
  <message>
   <source>No answer holds these words.</source>
   <translation>没有答案包含这些词语。</translation>
  </message>
  <message>
   <source>No approved answers yet</source>
   <translation>还没有审定答案</translation>
  </message>
  <message>
   <source>Question</source>
   <translation>问题</translation>
  </message>
  <message>
   <source>Saved. It is found at once.</source>
   <translation>已保存，即刻可以检索到。</translation>
  </message>
  <message>
   <source>Search questions and answers</source>
   <translation>搜索问题和答案</translation>
  </message>
  <message>
   <source>Which answers are listed</source>
   <translation>列出哪些答案</translation>
  </message>
  <message>
   <source>{current} in use, {expired} expired</source>
   <translation>使用中 {current} 条，已过期 {expired} 条</translation>
  </message>
  <message>
   <source>“{question}” is no longer answered with it. This cannot be undone.</source>
   <translation>“{question}”将不再以此作答。此操作无法撤销。</translation>
  </message>
 </context>
 <context>
  <name>AuditTab</name>
  <message numerus="yes">
   <source>%n entry(ies) written.</source>
   <translation>
    <numerusform>已写入 %n 条记录。</numerusform>
   </translation>
  </message>
  <message>
   <source>About</source>
   <translation>关于</translation>
  </message>
  <message>
   <source>Audit log</source>
   <translation>审计日志</translation>
  </message>
  <message>
   <source>Close this message</source>
   <translation>关闭此消息</translation>
  </message>
  <message>
   <source>Digest</source>
   <translation>摘要</translation>
  </message>
  <message>
   <source>Export the audit log</source>
   <translation>导出审计日志</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>导出…</translation>
  </message>
  <message>
   <source>JSON lines ({types})</source>
   <translation>JSON 行文件 ({types})</translation>
  </message>
  <message>
   <source>No.</source>
   <translation>序号</translation>
  </message>
  <message>
   <source>Search the log</source>
   <translation>搜索日志</translation>
  </message>
  <message>
   <source>The chain is broken at entry {n}: the log was changed outside Casemate.</source>
   <translation>链条在第 {n} 条记录处断开：日志曾在 Casemate 之外被改动。</translation>
  </message>
  <message numerus="yes">
   <source>The chain of %n entry(ies) is unbroken.</source>
   <translation>
    <numerusform>%n 条记录的链条完整无缺。</numerusform>
   </translation>
  </message>
  <message>
   <source>Verify the chain</source>
   <translation>校验链条</translation>
  </message>
  <message>
   <source>What</source>
   <translation>操作</translation>
  </message>
  <message>
   <source>When</source>
   <translation>时间</translation>
  </message>
 </context>
 <context>
  <name>BackupCard</name>
  <message>
   <source>Back up the workspace</source>
   <translation>备份工作区</translation>
  </message>
  <message>
   <source>Back up…</source>
   <translation>备份…</translation>
  </message>
  <message>
   <source>Backed up and verified: {file}, {size}.</source>
   <translation>已备份并校验：{file}，{size}。</translation>
  </message>
  <message>
   <source>Backup</source>
   <translation>备份</translation>
  </message>
  <message>
   <source>Casemate backups ({types})</source>
   <translation>Casemate 备份 ({types})</translation>
  </message>
  <message>
   <source>Check now</source>
   <translation>立即检查</translation>
  </message>
  <message>
   <source>Check the workspace</source>
   <translation>检查工作区</translation>
  </message>
  <message>
   <source>Close this message</source>
   <translation>关闭此消息</translation>
  </message>
  <message>
   <source>Puts a backup in the place of the workspace; the present file is kept.</source>
   <translation>用备份替换当前工作区；现有文件会保留。</translation>
  </message>
  <message>
   <source>Reads every page of the file and the whole audit log.</source>
   <translation>读取文件的每一页和完整的审计日志。</translation>
  </message>
  <message>
   <source>Restore</source>
   <translation>恢复</translation>
  </message>
  <message>
   <source>Restore…</source>
   <translation>恢复…</translation>
  </message>
  <message>
   <source>The last one was made on {moment}. It opens with the passphrase of that time.</source>
   <translation>上次备份于 {moment}，用当时的口令打开。</translation>
  </message>
  <message>
   <source>The workspace is damaged: {problems}</source>
   <translation>工作区已损坏：{problems}</translation>
  </message>
  <message>
   <source>The workspace is sound: every page and the audit log are as they should be.</source>
   <translation>工作区完好：每一页和审计日志都正常。</translation>
  </message>
  <message>
   <source>There is no backup yet.</source>
   <translation>还没有备份。</translation>
  </message>
  <message>
   <source>There is no backup yet. A backup is one encrypted file.</source>
   <translation>还没有备份。备份是一个加密文件。</translation>
  </message>
 </context>
 <context>
  <name>Body</name>
  <message>
   <source>Check</source>
   <translation>检查</translation>
  </message>
  <message>
   <source>Data</source>
   <translation>数据</translation>
  </message>
  <message>
   <source>Method</source>
   <translation>方法</translation>
  </message>
  <message>
   <source>Report</source>
   <translation>报告</translation>
  </message>
  <message>
   <source>Steps</source>
   <translation>步骤</translation>
  </message>
  <message>
   <source>Teach a skill</source>
   <translation>教一项技能</translation>
  </message>
  <message>
   <source>Train</source>
   <translation>训练</translation>
  </message>
  <message>
   <source>Use</source>
   <translation>使用</translation>
  </message>
 </context>
 <context>
  <name>ChatHeader</name>
  <message>
   <source>Answers come from</source>
   <translation>回答来自</translation>
  </message>
  <message>
   <source>Copy with sources</source>
   <translation>连同出处复制</translation>
  </message>
  <message>
   <source>Delete…</source>
   <translation>删除…</translation>
  </message>
  <message>
   <source>Export as JSON…</source>
   <translation>导出为 JSON…</translation>
  </message>
  <message>
   <source>Export as Markdown…</source>
   <translation>导出为 Markdown…</translation>
  </message>
  <message>
   <source>Export as PDF…</source>
   <translation>导出为 PDF…</translation>
  </message>
  <message>
   <source>New conversation</source>
   <translation>新对话</translation>
  </message>
  <message>
   <source>Rename, copy, export or delete this conversation</source>
   <translation>重命名、复制、导出或删除这段对话</translation>
  </message>
  <message>
   <source>Rename…</source>
   <translation>重命名…</translation>
  </message>
  <message>
   <source>Who answers: a collection, or an agent</source>
   <translation>由谁回答：资料库或坐席</translation>
  </message>
 </context>
 <context>
  <name>CheckStep</name>
  <message>
   <source>Check again</source>
   <translation>重新检查</translation>
  </message>
  <message>
   <source>Checking the examples…</source>
   <translation>正在检查例子…</translation>
  </message>
  <message>
   <source>Choose or import other examples</source>
   <translation>选择或导入其他例子</translation>
  </message>
  <message>
   <source>Everything is in order. These examples can be taught.</source>
   <translation>一切正常，这些例子可以用来教。</translation>
  </message>
  <message>
   <source>Look at the rows</source>
   <translation>查看各行</translation>
  </message>
  <message>
   <source>Repeated texts, contradicting labels, rare labels, texts that cannot be read, personal data.</source>
   <translation>重复的文本、互相矛盾的标签、太少的标签、无法读取的文本，以及个人信息。</translation>
  </message>
  <message>
   <source>The check could not be done.</source>
   <translation>无法完成检查。</translation>
  </message>
  <message numerus="yes">
   <source>These examples cannot be taught yet: %n thing(s) must be corrected.</source>
   <translation>
    <numerusform>这些例子还不能用来教：有 %n 处必须改正。</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>They can be taught. Looking at %n thing(s) first would make the skill better.</source>
   <translation>
    <numerusform>可以用来教。先看一看其中 %n 处，技能会更好。</numerusform>
   </translation>
  </message>
  <message>
   <source>This takes a moment.</source>
   <translation>请稍候。</translation>
  </message>
  <message>
   <source>What was found</source>
   <translation>检查结果</translation>
  </message>
 </context>
 <context>
  <name>ChooseCard</name>
  <message>
   <source>Choose texts</source>
   <translation>选择文本</translation>
  </message>
  <message>
   <source>Choose texts to label</source>
   <translation>选择要标注的文本</translation>
  </message>
  <message>
   <source>Choosing texts of {name}</source>
   <translation>正在从 {name} 中选择文本</translation>
  </message>
  <message>
   <source>How many</source>
   <translation>选多少条</translation>
  </message>
  <message>
   <source>Import texts</source>
   <translation>导入文本</translation>
  </message>
  <message>
   <source>Take texts from</source>
   <translation>从哪个数据集选</translation>
  </message>
  <message>
   <source>The texts this skill is least sure of, each different from the others, teach it most.</source>
   <translation>技能最没有把握、彼此又各不相同的文本，最值得标注。</translation>
  </message>
  <message>
   <source>There is no data set of texts yet. Import a table with a column of texts; labels are not needed.</source>
   <translation>还没有文本数据集。请导入一个含有文本列的表格，不需要标签。</translation>
  </message>
  <message>
   <source>{name} · {rows} texts</source>
   <translation>{name} · {rows} 条文本</translation>
  </message>
 </context>
 <context>
  <name>ComparedView</name>
  <message>
   <source>Both are equally good.</source>
   <translation>两个版本一样好。</translation>
  </message>
  <message>
   <source>Change</source>
   <translation>变化</translation>
  </message>
  <message>
   <source>F1 of version {first}: {first_share}, of version {second}: {second_share}. A text counts as right where exactly its names and terms were found.</source>
   <translation>第 {first} 版的 F1：{first_share}，第 {second} 版：{second_share}。恰好找出其全部名称和术语的文本才算正确。</translation>
  </message>
  <message>
   <source>F1 of version {n}</source>
   <translation>第 {n} 版的 F1</translation>
  </message>
  <message>
   <source>Its label</source>
   <translation>原标签</translation>
  </message>
  <message>
   <source>Label</source>
   <translation>标签</translation>
  </message>
  <message>
   <source>Labels that differ most</source>
   <translation>差别最大的标签</translation>
  </message>
  <message>
   <source>Text</source>
   <translation>文本</translation>
  </message>
  <message>
   <source>Texts that only one version had right</source>
   <translation>只有一个版本答对的文本</translation>
  </message>
  <message>
   <source>There is no text that both could be asked.</source>
   <translation>没有可以同时考两个版本的文本。</translation>
  </message>
  <message>
   <source>Version {better} is better; a difference like this comes by luck in {chance} of cases.</source>
   <translation>第 {better} 版更好；这样的差别只有 {chance} 的可能是碰巧。</translation>
  </message>
  <message>
   <source>Version {better} was right a little more often, but a difference like this comes by luck in {chance} of cases: they cannot be told apart.</source>
   <translation>第 {better} 版答对的略多一些，但这样的差别有 {chance} 的可能是碰巧：两者分不出高下。</translation>
  </message>
  <message numerus="yes">
   <source>Version {first} had {first_share} right, version {second} {second_share}, of %n text(s). {only_first} of them only version {first} had right, {only_second} only version {second}.</source>
   <translation>
    <numerusform>在 %n 条文本中，第 {first} 版答对 {first_share}，第 {second} 版答对 {second_share}。其中 {only_first} 条只有第 {first} 版答对，{only_second} 条只有第 {second} 版答对。</numerusform>
   </translation>
  </message>
  <message>
   <source>Version {n}</source>
   <translation>第 {n} 版</translation>
  </message>
 </context>
 <context>
  <name>Composer</name>
  <message>
   <source>Add documents first, then ask about them here</source>
   <translation>请先添加文档，然后在这里提问</translation>
  </message>
  <message>
   <source>Ask</source>
   <translation>提问</translation>
  </message>
  <message>
   <source>Ask something about {collection}</source>
   <translation>就“{collection}”提问</translation>
  </message>
  <message>
   <source>Enter asks, Shift+Enter starts a new line. Nothing leaves this computer.</source>
   <translation>按 Enter 提问，按 Shift+Enter 换行。任何内容都不会离开这台电脑。</translation>
  </message>
  <message>
   <source>Leave it</source>
   <translation>不改了</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>停止</translation>
  </message>
  <message>
   <source>You ask an earlier question in other words. The old conversation stays as it was.</source>
   <translation>您正在换一种说法重问之前的问题。原来的对话保持不变。</translation>
  </message>
  <message>
   <source>Your question</source>
   <translation>您的问题</translation>
  </message>
 </context>
 <context>
  <name>ConfusionView</name>
  <message>
   <source>Confusion matrix</source>
   <translation>混淆矩阵</translation>
  </message>
  <message>
   <source>Nothing was confused on the held-out texts.</source>
   <translation>在留出的文本上没有任何混淆。</translation>
  </message>
  <message>
   <source>{number} of {whole} texts labelled “{true}” were read as “{given}” ({share}).</source>
   <translation>{whole} 条标签为“{true}”的文本中，{number} 条被判为“{given}”（{share}）。</translation>
  </message>
  <message>
   <source>{number} of {whole} texts labelled “{true}” were read right ({share}).</source>
   <translation>{whole} 条标签为“{true}”的文本中，{number} 条判断正确（{share}）。</translation>
  </message>
  <message>
   <source>{true} read as {given}: {number}</source>
   <translation>{true} 被判为 {given}：{number} 条</translation>
  </message>
  <message>
   <source>{true}: {number} read right</source>
   <translation>{true}：{number} 条判断正确</translation>
  </message>
 </context>
 <context>
  <name>ConversationActs</name>
  <message>
   <source>A person will answer this. It waits at the desk.</source>
   <translation>将由人工答复，正在客服台等待。</translation>
  </message>
  <message>
   <source>Export the conversation</source>
   <translation>导出对话</translation>
  </message>
  <message>
   <source>JSON (*.json)</source>
   <translation>JSON 文件 (*.json)</translation>
  </message>
  <message>
   <source>Markdown (*.md)</source>
   <translation>Markdown 文件 (*.md)</translation>
  </message>
  <message>
   <source>PDF (*.pdf)</source>
   <translation>PDF 文件 (*.pdf)</translation>
  </message>
  <message>
   <source>The conversation and its sources are on the clipboard.</source>
   <translation>对话及其出处已复制到剪贴板。</translation>
  </message>
  <message>
   <source>The conversation was written to {name}.</source>
   <translation>对话已写入 {name}。</translation>
  </message>
  <message>
   <source>conversation</source>
   <translation>对话</translation>
  </message>
 </context>
 <context>
  <name>ConversationList</name>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Conversations</source>
   <translation>对话</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>删除</translation>
  </message>
  <message>
   <source>Delete this conversation?</source>
   <translation>删除此对话？</translation>
  </message>
  <message>
   <source>Delete…</source>
   <translation>删除…</translation>
  </message>
  <message>
   <source>New conversation</source>
   <translation>新对话</translation>
  </message>
  <message>
   <source>New title</source>
   <translation>新标题</translation>
  </message>
  <message>
   <source>No conversation contains these words.</source>
   <translation>没有对话包含这些词。</translation>
  </message>
  <message>
   <source>Rename conversation</source>
   <translation>重命名对话</translation>
  </message>
  <message>
   <source>Rename…</source>
   <translation>重命名…</translation>
  </message>
  <message>
   <source>Search conversations</source>
   <translation>搜索对话</translation>
  </message>
  <message>
   <source>Your conversations will be kept here.</source>
   <translation>您的对话将保存在这里。</translation>
  </message>
  <message>
   <source>{when} · {collection}</source>
   <translation>{when} · {collection}</translation>
  </message>
  <message>
   <source>“{title}” and all its messages are removed. This cannot be undone.</source>
   <translation>“{title}”及其全部消息将被删除，且无法撤销。</translation>
  </message>
 </context>
 <context>
  <name>ConversationTests</name>
  <message>
   <source>All {count} conversations went as they should.</source>
   <translation>{count} 段对话全部符合预期。</translation>
  </message>
  <message>
   <source>{failed} of {count} conversations went otherwise.</source>
   <translation>{count} 段对话中有 {failed} 段不符合预期。</translation>
  </message>
 </context>
 <context>
  <name>CorrectMenu</name>
  <message>
   <source>&amp;Another label…</source>
   <translation>其他标签(&amp;A)…</translation>
  </message>
  <message>
   <source>This should be</source>
   <translation>应该是</translation>
  </message>
 </context>
 <context>
  <name>Curves</name>
  <message>
   <source>Error while learning</source>
   <translation>学习误差</translation>
  </message>
  <message>
   <source>Error while learning, step by step</source>
   <translation>每一步的学习误差</translation>
  </message>
  <message>
   <source>Exam result</source>
   <translation>考试成绩</translation>
  </message>
  <message>
   <source>How often answers are right on held-back texts, round by round</source>
   <translation>每一轮在留出的文本上答对的比例</translation>
  </message>
  <message>
   <source>Should fall. Ups and downs are normal.</source>
   <translation>应当下降，有起伏是正常的。</translation>
  </message>
  <message>
   <source>Should rise. The best state is kept, marked green.</source>
   <translation>应当上升。保留最好的状态，用绿点标出。</translation>
  </message>
  <message>
   <source>The curve begins with the first step.</source>
   <translation>曲线从第一步开始。</translation>
  </message>
  <message>
   <source>The first exam comes after the first round.</source>
   <translation>第一轮之后进行第一次考试。</translation>
  </message>
  <message>
   <source>each step</source>
   <translation>每一步</translation>
  </message>
  <message>
   <source>error</source>
   <translation>误差</translation>
  </message>
  <message>
   <source>error while learning (loss)</source>
   <translation>学习误差（loss）</translation>
  </message>
  <message>
   <source>exam</source>
   <translation>考试</translation>
  </message>
  <message>
   <source>right on held-back texts</source>
   <translation>在留出的文本上的正确率</translation>
  </message>
  <message>
   <source>rounds through the examples</source>
   <translation>学习轮数</translation>
  </message>
  <message>
   <source>running mean</source>
   <translation>滑动平均</translation>
  </message>
 </context>
 <context>
  <name>DataStep</name>
  <message>
   <source>A new skill.</source>
   <translation>一项新技能。</translation>
  </message>
  <message>
   <source>All files (*)</source>
   <translation>所有文件 (*)</translation>
  </message>
  <message>
   <source>Examples are needed first</source>
   <translation>首先需要例子</translation>
  </message>
  <message>
   <source>Examples of each label</source>
   <translation>每个标签的例子</translation>
  </message>
  <message>
   <source>Examples per label</source>
   <translation>每个标签的例子数</translation>
  </message>
  <message>
   <source>Examples to learn from</source>
   <translation>用来学习的例子</translation>
  </message>
  <message>
   <source>Give the skill a name.</source>
   <translation>请给技能起一个名称。</translation>
  </message>
  <message>
   <source>Import a table with a column of texts and a column of labels, or texts in which names and terms are marked. Ten examples of each label are a start. A file can also be dropped here.</source>
   <translation>请导入一张有文本列和标签列的表格，或标出了名称和术语的文本。每个标签有十个例子就可以开始。也可以把文件拖到这里。</translation>
  </message>
  <message>
   <source>Import examples</source>
   <translation>导入例子</translation>
  </message>
  <message>
   <source>Import…</source>
   <translation>导入…</translation>
  </message>
  <message>
   <source>Labels</source>
   <translation>标签</translation>
  </message>
  <message>
   <source>Labels with fewer than ten examples are marked.</source>
   <translation>例子少于十个的标签已标出。</translation>
  </message>
  <message>
   <source>Name of the skill</source>
   <translation>技能名称</translation>
  </message>
  <message>
   <source>Tables ({types})</source>
   <translation>表格 ({types})</translation>
  </message>
  <message>
   <source>Texts</source>
   <translation>文本</translation>
  </message>
  <message>
   <source>The first texts</source>
   <translation>前几条文本</translation>
  </message>
  <message numerus="yes">
   <source>The most frequent and the rarest; %n label(s) between them are not shown.</source>
   <translation>
    <numerusform>显示最多的和最少的标签；中间的 %n 个标签未显示。</numerusform>
   </translation>
  </message>
  <message>
   <source>This skill exists: teaching makes a further version. It is put to use only if it is not worse, and the versions before are kept.</source>
   <translation>此技能已存在：教学会产生一个新版本。只有不比现有版本差时才会启用，以前的版本都会保留。</translation>
  </message>
  <message>
   <source>on average</source>
   <translation>平均</translation>
  </message>
  <message numerus="yes">
   <source>the rarest has %n example(s)</source>
   <translation>
    <numerusform>最少的有 %n 个例子</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>DataTab</name>
  <message numerus="yes">
   <source>%n row(s) written to {file}.</source>
   <translation>
    <numerusform>已将 %n 行写入 {file}。</numerusform>
   </translation>
  </message>
  <message>
   <source>Added</source>
   <translation>添加时间</translation>
  </message>
  <message>
   <source>All files (*)</source>
   <translation>所有文件 (*)</translation>
  </message>
  <message>
   <source>CSV, TSV, Excel, JSON, JSON lines or Parquet; also compressed with gzip</source>
   <translation>CSV、TSV、Excel、JSON、JSON 行或 Parquet，也支持 gzip 压缩</translation>
  </message>
  <message>
   <source>Data sets</source>
   <translation>数据集</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>删除</translation>
  </message>
  <message>
   <source>Delete the data set “{name}”?</source>
   <translation>删除数据集“{name}”？</translation>
  </message>
  <message>
   <source>Drop a table here to import it</source>
   <translation>把表格拖到这里即可导入</translation>
  </message>
  <message>
   <source>Export the data set</source>
   <translation>导出数据集</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>导出…</translation>
  </message>
  <message>
   <source>Import a table</source>
   <translation>导入表格</translation>
  </message>
  <message>
   <source>Import a table: labelled messages to teach Read, or items and purchases to teach Recommend. Casemate shows what it found before anything is stored.</source>
   <translation>导入一张表格：带标签的消息可用来教“阅读”，物品和购买记录可用来教“推荐”。保存之前，Casemate 会先给您看它读到的内容。</translation>
  </message>
  <message>
   <source>Keep</source>
   <translation>保留</translation>
  </message>
  <message>
   <source>Kind</source>
   <translation>类型</translation>
  </message>
  <message>
   <source>Labels</source>
   <translation>标签</translation>
  </message>
  <message>
   <source>Models that were trained on it stay. The file it came from stays on your disk.</source>
   <translation>用它训练出的模型会保留，您磁盘上的原文件也不受影响。</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>名称</translation>
  </message>
  <message>
   <source>No data sets yet</source>
   <translation>还没有数据集</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>打开</translation>
  </message>
  <message>
   <source>Rows</source>
   <translation>行数</translation>
  </message>
  <message>
   <source>Source</source>
   <translation>来源</translation>
  </message>
  <message>
   <source>Tables ({types})</source>
   <translation>表格 ({types})</translation>
  </message>
  <message>
   <source>Version</source>
   <translation>版本</translation>
  </message>
 </context>
 <context>
  <name>DatasetView</name>
  <message numerus="yes">
   <source>%n label(s)</source>
   <translation>
    <numerusform>%n 个标签</numerusform>
   </translation>
  </message>
  <message>
   <source>Back to the list</source>
   <translation>返回列表</translation>
  </message>
  <message>
   <source>Checking…</source>
   <translation>正在检查…</translation>
  </message>
  <message>
   <source>Data set</source>
   <translation>数据集</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>删除</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>导出…</translation>
  </message>
  <message>
   <source>Findings</source>
   <translation>检查结果</translation>
  </message>
  <message>
   <source>Findings and labels</source>
   <translation>检查结果与标签</translation>
  </message>
  <message>
   <source>Labels</source>
   <translation>标签</translation>
  </message>
  <message>
   <source>Nothing stands in the way of training.</source>
   <translation>没有妨碍训练的问题。</translation>
  </message>
  <message>
   <source>Rows</source>
   <translation>行数</translation>
  </message>
  <message>
   <source>Rows after</source>
   <translation>后面的行</translation>
  </message>
  <message>
   <source>Rows before</source>
   <translation>前面的行</translation>
  </message>
  <message>
   <source>Rows of each label</source>
   <translation>各标签的行数</translation>
  </message>
  <message>
   <source>Rows {first} to {last} of {total}</source>
   <translation>第 {first} 至 {last} 行，共 {total} 行</translation>
  </message>
  <message>
   <source>in the rows on show</source>
   <translation>仅统计当前显示的行</translation>
  </message>
 </context>
 <context>
  <name>DeskCount</name>
  <message numerus="yes">
   <source>%n question(s) wait</source>
   <translation>
    <numerusform>%n 个问题在等待</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>DismissDialog</name>
  <message>
   <source>Answered elsewhere</source>
   <translation>已在别处答复</translation>
  </message>
  <message>
   <source>Asked twice</source>
   <translation>重复提问</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Dismiss</source>
   <translation>不予答复</translation>
  </message>
  <message>
   <source>Dismiss this question?</source>
   <translation>不答复这个问题？</translation>
  </message>
  <message>
   <source>It leaves the queue without an answer. It stays in its conversation and in the list of dismissed.</source>
   <translation>它将离开队列，不予答复；但仍保留在对话中和“未予答复”列表里。</translation>
  </message>
  <message>
   <source>Not a question</source>
   <translation>不是问题</translation>
  </message>
  <message>
   <source>Not for us</source>
   <translation>与我们无关</translation>
  </message>
  <message>
   <source>Spam</source>
   <translation>垃圾信息</translation>
  </message>
  <message>
   <source>Why (not needed)</source>
   <translation>原因（可不填）</translation>
  </message>
 </context>
 <context>
  <name>DocumentsTab</name>
  <message numerus="yes">
   <source>%n approved answer(s)</source>
   <translation>
    <numerusform>%n 条审定答案</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n document(s)</source>
   <translation>
    <numerusform>%n 份文档</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n passage(s)</source>
   <translation>
    <numerusform>%n 个段落</numerusform>
   </translation>
  </message>
  <message>
   <source>A collection is a shelf of documents that Chat searches together.</source>
   <translation>资料库就像一个书架，“对话”会一起搜索架上的文档。</translation>
  </message>
  <message>
   <source>Add a folder</source>
   <translation>添加文件夹</translation>
  </message>
  <message>
   <source>Add documents</source>
   <translation>添加文档</translation>
  </message>
  <message>
   <source>Add files</source>
   <translation>添加文件</translation>
  </message>
  <message>
   <source>Add handbooks, policies or question lists. Casemate reads them on this machine, and Chat answers from them with the page it found.</source>
   <translation>添加手册、规章或问答列表。Casemate 在本机上阅读它们，“对话”会据此回答并指出所在页码。</translation>
  </message>
  <message>
   <source>Added</source>
   <translation>添加时间</translation>
  </message>
  <message>
   <source>All files (*)</source>
   <translation>所有文件 (*)</translation>
  </message>
  <message>
   <source>Changed</source>
   <translation>修改时间</translation>
  </message>
  <message>
   <source>Close this message</source>
   <translation>关闭此消息</translation>
  </message>
  <message>
   <source>Collections</source>
   <translation>资料库</translation>
  </message>
  <message>
   <source>Document</source>
   <translation>文档</translation>
  </message>
  <message>
   <source>Documents</source>
   <translation>文档</translation>
  </message>
  <message>
   <source>Documents ({types})</source>
   <translation>文档 ({types})</translation>
  </message>
  <message>
   <source>Documents of the collection</source>
   <translation>资料库中的文档</translation>
  </message>
  <message>
   <source>Drop files or folders here</source>
   <translation>把文件或文件夹拖到这里</translation>
  </message>
  <message>
   <source>How well it finds</source>
   <translation>检索效果</translation>
  </message>
  <message>
   <source>Its passages and approved answers are deleted. The files on your disk stay.</source>
   <translation>其中的段落和审定答案会被删除。您磁盘上的文件会保留。</translation>
  </message>
  <message>
   <source>Keep</source>
   <translation>保留</translation>
  </message>
  <message>
   <source>Left out</source>
   <translation>未收录</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>名称</translation>
  </message>
  <message>
   <source>Name the collection</source>
   <translation>为资料库命名</translation>
  </message>
  <message>
   <source>New collection</source>
   <translation>新建资料库</translation>
  </message>
  <message>
   <source>No documents yet</source>
   <translation>还没有文档</translation>
  </message>
  <message>
   <source>PDF, Word, PowerPoint, Excel, OpenDocument, HTML, text, e-mails, tables of questions and answers</source>
   <translation>PDF、Word、PowerPoint、Excel、OpenDocument、HTML、文本、电子邮件、问答表</translation>
  </message>
  <message>
   <source>Pages</source>
   <translation>页数</translation>
  </message>
  <message>
   <source>Passages</source>
   <translation>段落</translation>
  </message>
  <message numerus="yes">
   <source>Reading %n file(s) or folder(s)…</source>
   <translation>
    <numerusform>正在读取 %n 个文件或文件夹…</numerusform>
   </translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>移除</translation>
  </message>
  <message numerus="yes">
   <source>Remove %n document(s)?</source>
   <translation>
    <numerusform>移除 %n 份文档？</numerusform>
   </translation>
  </message>
  <message>
   <source>Remove collection</source>
   <translation>移除资料库</translation>
  </message>
  <message>
   <source>Remove document</source>
   <translation>移除文档</translation>
  </message>
  <message>
   <source>Remove the collection “{name}”?</source>
   <translation>移除资料库“{name}”？</translation>
  </message>
  <message>
   <source>Search</source>
   <translation>搜索</translation>
  </message>
  <message>
   <source>Show files</source>
   <translation>查看文件</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>大小</translation>
  </message>
  <message>
   <source>The files on your disk stay; Chat no longer answers from them.</source>
   <translation>您磁盘上的文件会保留；“对话”不再依据它们回答。</translation>
  </message>
  <message>
   <source>Views of the collection</source>
   <translation>资料库的各个视图</translation>
  </message>
  <message>
   <source>Watched folders</source>
   <translation>跟踪的文件夹</translation>
  </message>
 </context>
 <context>
  <name>DraftView</name>
  <message>
   <source>Draft, not checked yet</source>
   <translation>草稿，尚未核对</translation>
  </message>
  <message>
   <source>Draft, stopped and never checked</source>
   <translation>草稿，已停止且未核对</translation>
  </message>
 </context>
 <context>
  <name>EntityScores</name>
  <message>
   <source>95% interval: {low} to {high}</source>
   <translation>95% 区间：{low} 至 {high}</translation>
  </message>
  <message>
   <source>A find counts as right only if its beginning, its end and its label are all right.</source>
   <translation>只有起点、终点和标签全都正确，才算找对。</translation>
  </message>
  <message>
   <source>Calibration error</source>
   <translation>校准误差</translation>
  </message>
  <message>
   <source>F1</source>
   <translation>F1</translation>
  </message>
  <message>
   <source>Found as {given}, but nothing is marked there</source>
   <translation>识别为{given}，但此处没有标注</translation>
  </message>
  <message>
   <source>In the texts</source>
   <translation>个数</translation>
  </message>
  <message>
   <source>Label</source>
   <translation>标签</translation>
  </message>
  <message>
   <source>Label by label</source>
   <translation>逐个标签</translation>
  </message>
  <message>
   <source>Look here first: often the example is marked wrongly.</source>
   <translation>先看这里：往往是样例本身标错了。</translation>
  </message>
  <message>
   <source>Macro F1</source>
   <translation>宏平均 F1</translation>
  </message>
  <message>
   <source>Most confident mistakes</source>
   <translation>最自信的错误</translation>
  </message>
  <message>
   <source>Precision</source>
   <translation>精确率</translation>
  </message>
  <message>
   <source>Precision: how many finds are right. Recall: how many of those in the texts were found.</source>
   <translation>精确率：找到的里面有多少是对的。召回率：文本中应找到的有多少被找到了。</translation>
  </message>
  <message>
   <source>Recall</source>
   <translation>召回率</translation>
  </message>
  <message>
   <source>Results per label</source>
   <translation>各标签的结果</translation>
  </message>
  <message>
   <source>Texts measured on</source>
   <translation>测量所用文本</translation>
  </message>
  <message>
   <source>every label counts the same</source>
   <translation>每个标签同等计算</translation>
  </message>
  <message>
   <source>how far scores are from what comes true</source>
   <translation>分数与实际结果的差距</translation>
  </message>
  <message>
   <source>of the finds are right</source>
   <translation>找到的内容是正确的</translation>
  </message>
  <message>
   <source>of those in the texts are found</source>
   <translation>文本中应找到的被找到</translation>
  </message>
  <message>
   <source>taught with {number}</source>
   <translation>用 {number} 条教会</translation>
  </message>
  <message>
   <source>{true} was not found</source>
   <translation>{true}没有被找到</translation>
  </message>
  <message>
   <source>{true} was taken for {given}</source>
   <translation>{true}被当成了{given}</translation>
  </message>
 </context>
 <context>
  <name>EntityView</name>
  <message numerus="yes">
   <source>%n found</source>
   <translation>
    <numerusform>找到 %n 处</numerusform>
   </translation>
  </message>
  <message>
   <source>At character</source>
   <translation>起始字符</translation>
  </message>
  <message>
   <source>Characters {first} to {last} of {total}</source>
   <translation>第 {first} 至 {last} 个字符，共 {total} 个</translation>
  </message>
  <message>
   <source>Copy the table</source>
   <translation>复制表格</translation>
  </message>
  <message>
   <source>Label</source>
   <translation>标签</translation>
  </message>
  <message>
   <source>Next part</source>
   <translation>下一段</translation>
  </message>
  <message>
   <source>Nothing was found in this text</source>
   <translation>这段文本中没有找到任何内容</translation>
  </message>
  <message>
   <source>Part before</source>
   <translation>上一段</translation>
  </message>
  <message>
   <source>Score</source>
   <translation>分数</translation>
  </message>
  <message>
   <source>Text</source>
   <translation>文本</translation>
  </message>
  <message>
   <source>Text with what was found in it</source>
   <translation>标出了所找到内容的文本</translation>
  </message>
  <message>
   <source>The rows are on the clipboard.</source>
   <translation>这些行已复制到剪贴板。</translation>
  </message>
  <message>
   <source>What was found</source>
   <translation>找到的内容</translation>
  </message>
  <message>
   <source>{label}, {score} sure</source>
   <translation>{label}，把握 {score}</translation>
  </message>
 </context>
 <context>
  <name>ErrorDialog</name>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>Copy details</source>
   <translation>复制详细信息</translation>
  </message>
  <message>
   <source>Details</source>
   <translation>详细信息</translation>
  </message>
  <message>
   <source>Hide details</source>
   <translation>隐藏详细信息</translation>
  </message>
  <message>
   <source>Show details</source>
   <translation>显示详细信息</translation>
  </message>
  <message>
   <source>That did not work</source>
   <translation>操作没有成功</translation>
  </message>
 </context>
 <context>
  <name>EvaluateCard</name>
  <message numerus="yes">
   <source>%n item(s) unknown to it were left out.</source>
   <translation>
    <numerusform>有 %n 件物品它不认识，已略去。</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n person(s) unknown to it were left out.</source>
   <translation>
    <numerusform>有 %n 人它不认识，已略去。</numerusform>
   </translation>
  </message>
  <message>
   <source>A table with the columns user and item, of events that were not learned from.</source>
   <translation>一张含 user 和 item 两列的表，其中的行为没有用于学习。</translation>
  </message>
  <message>
   <source>Also measure simple methods</source>
   <translation>同时测量简单方法</translation>
  </message>
  <message>
   <source>Choose a table</source>
   <translation>选择表格</translation>
  </message>
  <message>
   <source>Choose a table…</source>
   <translation>选择表格…</translation>
  </message>
  <message>
   <source>Evaluate on held-out events</source>
   <translation>用留出的行为评测</translation>
  </message>
  <message>
   <source>Evaluating {name}</source>
   <translation>正在评测 {name}</translation>
  </message>
  <message numerus="yes">
   <source>Measured on %n person(s).</source>
   <translation>
    <numerusform>在 %n 人身上测得。</numerusform>
   </translation>
  </message>
  <message>
   <source>Results by parts of the people and of the items</source>
   <translation>按人群和商品分组的结果</translation>
  </message>
  <message>
   <source>Results on held-out events</source>
   <translation>在留出的行为上的结果</translation>
  </message>
  <message>
   <source>Tables ({patterns})</source>
   <translation>表格 ({patterns})</translation>
  </message>
 </context>
 <context>
  <name>EventChips</name>
  <message numerus="yes">
   <source>%n more count(s) too.</source>
   <translation>
    <numerusform>另有 %n 项也计入。</numerusform>
   </translation>
  </message>
  <message>
   <source>Count {title} again</source>
   <translation>重新计入 {title}</translation>
  </message>
  <message>
   <source>See the list without {title}</source>
   <translation>看看没有 {title} 的列表</translation>
  </message>
  <message>
   <source>What counts here. Click one to see the list without it; nothing is changed.</source>
   <translation>这里计入的内容。点击一项可查看没有它的列表；不会改动任何东西。</translation>
  </message>
 </context>
 <context>
  <name>ExpiryField</name>
  <message numerus="yes">
   <source>%n month(s)</source>
   <translation>
    <numerusform>%n 个月</numerusform>
   </translation>
  </message>
  <message>
   <source>Last day</source>
   <translation>最后一天</translation>
  </message>
  <message>
   <source>No end</source>
   <translation>长期有效</translation>
  </message>
  <message>
   <source>Until a day…</source>
   <translation>到某一天…</translation>
  </message>
  <message>
   <source>Until when it is good</source>
   <translation>有效到何时</translation>
  </message>
 </context>
 <context>
  <name>ExplainView</name>
  <message>
   <source>Measured: without the strongest {share} of the words the score changes by {without} points (random words: {random_without}), with them alone by {alone} (random words: {random_alone}).</source>
   <translation>实测：去掉影响最大的 {share} 的词，得分变化 {without} 个百分点（随机去词：{random_without}）；只保留这些词，变化 {alone}（随机保留：{random_alone}）。</translation>
  </message>
  <message>
   <source>Strongest: {words}</source>
   <translation>影响最大：{words}</translation>
  </message>
  <message>
   <source>Take the colours with care, they say no more than chance here: without the strongest {share} of the words the score changes by {without} points (random words: {random_without}), with them alone by {alone} (random words: {random_alone}).</source>
   <translation>请谨慎看待这里的颜色，它们并不比随机更可靠：去掉影响最大的 {share} 的词，得分变化 {without} 个百分点（随机去词：{random_without}）；只保留这些词，变化 {alone}（随机保留：{random_alone}）。</translation>
  </message>
  <message>
   <source>Taking the words away one by one…</source>
   <translation>正在逐个拿掉词语…</translation>
  </message>
  <message>
   <source>What each word adds to its {score}, in percentage points.</source>
   <translation>每个词对其 {score} 的影响，单位为百分点。</translation>
  </message>
  <message>
   <source>Why “{label}”?</source>
   <translation>为什么是“{label}”？</translation>
  </message>
  <message>
   <source>Why?</source>
   <translation>为什么？</translation>
  </message>
  <message>
   <source>Words and what each adds</source>
   <translation>各个词的影响</translation>
  </message>
  <message>
   <source>speaks against it</source>
   <translation>反对该标签</translation>
  </message>
  <message>
   <source>speaks for it</source>
   <translation>支持该标签</translation>
  </message>
 </context>
 <context>
  <name>FeedbackCard</name>
  <message numerus="yes">
   <source>%n event(s) added to {dataset}. Learn anew to use them.</source>
   <translation>
    <numerusform>已向 {dataset} 添加 %n 条行为。重新学习后即可用上。</numerusform>
   </translation>
  </message>
  <message>
   <source>95 % interval</source>
   <translation>95% 区间</translation>
  </message>
  <message>
   <source>A table with the columns user, item, type (shown, clicked, dismissed) and time</source>
   <translation>一张含 user、item、type（shown、clicked、dismissed）和 time 列的表</translation>
  </message>
  <message>
   <source>A version that was learned after these lists may know their clicks: take it with care.</source>
   <translation>在这些列表之后学习的版本可能已知道其中的点击：请谨慎看待。</translation>
  </message>
  <message>
   <source>Add clicks to the events</source>
   <translation>将点击加入行为</translation>
  </message>
  <message>
   <source>Both versions</source>
   <translation>两个版本</translation>
  </message>
  <message>
   <source>Bring in feedback…</source>
   <translation>导入反馈…</translation>
  </message>
  <message>
   <source>By lot, such a place shows something further down. Only such lists can compare two versions.</source>
   <translation>这样的位置会随机展示排在后面的物品。只有这样的列表才能用来比较两个版本。</translation>
  </message>
  <message>
   <source>Choose a table</source>
   <translation>选择表格</translation>
  </message>
  <message>
   <source>Clicked</source>
   <translation>点击率</translation>
  </message>
  <message>
   <source>Clicks</source>
   <translation>点击数</translation>
  </message>
  <message>
   <source>Compare</source>
   <translation>比较</translation>
  </message>
  <message>
   <source>Comparing versions</source>
   <translation>正在比较版本</translation>
  </message>
  <message>
   <source>In lists that are kept as shown, places left to chance:</source>
   <translation>记录为已展示的列表中，留给随机的位置：</translation>
  </message>
  <message>
   <source>No difference can be told between them.</source>
   <translation>看不出它们之间有差别。</translation>
  </message>
  <message>
   <source>No list has been recorded yet. “Keep as shown” above the list of a person records it.</source>
   <translation>还没有记录任何列表。某人的列表上方的“记为已展示”会记录它。</translation>
  </message>
  <message>
   <source>None</source>
   <translation>无</translation>
  </message>
  <message>
   <source>One in five</source>
   <translation>五分之一</translation>
  </message>
  <message>
   <source>One in ten</source>
   <translation>十分之一</translation>
  </message>
  <message>
   <source>One version</source>
   <translation>一个版本</translation>
  </message>
  <message>
   <source>Other version</source>
   <translation>另一个版本</translation>
  </message>
  <message>
   <source>Places alike</source>
   <translation>一致的位置</translation>
  </message>
  <message>
   <source>Places left to chance</source>
   <translation>留给随机的位置</translation>
  </message>
  <message>
   <source>Reading feedback</source>
   <translation>正在读取反馈</translation>
  </message>
  <message>
   <source>Share of shown items that were clicked</source>
   <translation>展示的物品中被点击的比例</translation>
  </message>
  <message>
   <source>So that the next learning knows them; each click goes there once</source>
   <translation>让下次学习时用上它们；每次点击只加入一次</translation>
  </message>
  <message>
   <source>Tables ({patterns})</source>
   <translation>表格 ({patterns})</translation>
  </message>
  <message>
   <source>The hit rate falls: learn anew from newer events, or look at what has changed.</source>
   <translation>点击率在下降：请用较新的行为重新学习，或看看有什么变化。</translation>
  </message>
  <message>
   <source>The hit rate holds: what differs between the weeks is chance.</source>
   <translation>点击率保持稳定：各周之间的差别属于偶然。</translation>
  </message>
  <message>
   <source>The hit rate rises.</source>
   <translation>点击率在上升。</translation>
  </message>
  <message>
   <source>Too little was shown to compare them. Lists have to be recorded with some places left to chance, until enough of those were clicked.</source>
   <translation>展示得太少，无法比较。列表需要有记录，并留出一些随机的位置，直到其中有足够多被点击。</translation>
  </message>
  <message>
   <source>Too little was shown to tell whether the hit rate changes.</source>
   <translation>展示得太少，看不出点击率是否变化。</translation>
  </message>
  <message>
   <source>Two versions on the lists that were shown, without showing anything to anybody:</source>
   <translation>用展示过的列表比较两个版本，不再向任何人展示：</translation>
  </message>
  <message>
   <source>Version {version} would have got more clicks.</source>
   <translation>第 {version} 版本来会得到更多点击。</translation>
  </message>
  <message>
   <source>What became of the lists</source>
   <translation>列表的效果如何</translation>
  </message>
  <message>
   <source>Which share of the shown items was clicked, week by week.</source>
   <translation>展示的物品中有多少被点击，按周统计。</translation>
  </message>
  <message>
   <source>version {version}</source>
   <translation>第 {version} 版</translation>
  </message>
  <message>
   <source>{clicked} of {shown} shown items were clicked, {dismissed} dismissed.</source>
   <translation>展示了 {shown} 件物品，{clicked} 件被点击，{dismissed} 件被拒绝。</translation>
  </message>
  <message>
   <source>{low} to {high}</source>
   <translation>{low} 至 {high}</translation>
  </message>
  <message>
   <source>{rate} ({low} to {high})</source>
   <translation>{rate}（{low} 至 {high}）</translation>
  </message>
 </context>
 <context>
  <name>FiguresTab</name>
  <message numerus="yes">
   <source>%n day(s)</source>
   <translation>
    <numerusform>%n 天</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n question(s)</source>
   <translation>
    <numerusform>%n 个问题</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n question(s) wait</source>
   <translation>
    <numerusform>%n 个问题在等待</numerusform>
   </translation>
  </message>
  <message>
   <source>30 days</source>
   <translation>30 天</translation>
  </message>
  <message>
   <source>7 days</source>
   <translation>7 天</translation>
  </message>
  <message>
   <source>90 days</source>
   <translation>90 天</translation>
  </message>
  <message>
   <source>All collections</source>
   <translation>所有资料库</translation>
  </message>
  <message>
   <source>Answered</source>
   <translation>已回答</translation>
  </message>
  <message>
   <source>Answered after {hours} h, as a rule</source>
   <translation>通常 {hours} 小时后得到答复</translation>
  </message>
  <message>
   <source>Asked back</source>
   <translation>反问</translation>
  </message>
  <message>
   <source>Collection</source>
   <translation>资料库</translation>
  </message>
  <message>
   <source>Every question got an answer.</source>
   <translation>每个问题都有答案。</translation>
  </message>
  <message>
   <source>Figures</source>
   <translation>统计</translation>
  </message>
  <message>
   <source>Handed over</source>
   <translation>转人工</translation>
  </message>
  <message>
   <source>How far back</source>
   <translation>时间范围</translation>
  </message>
  <message>
   <source>How sure</source>
   <translation>把握</translation>
  </message>
  <message>
   <source>No questions yet</source>
   <translation>还没有问题</translation>
  </message>
  <message>
   <source>Not found</source>
   <translation>未找到</translation>
  </message>
  <message>
   <source>Once questions are asked in Chat, this page shows how many were answered and what is missing.</source>
   <translation>在“对话”中提问之后，这里会显示回答了多少、还缺什么。</translation>
  </message>
  <message>
   <source>Questions</source>
   <translation>问题</translation>
  </message>
  <message>
   <source>Questions per day</source>
   <translation>每日问题数</translation>
  </message>
  <message>
   <source>Questions without an answer, put together by what they are about. The most asked come first.</source>
   <translation>没有得到答案的问题，按内容归类，问得最多的排在最前。</translation>
  </message>
  <message>
   <source>Ratings</source>
   <translation>评价</translation>
  </message>
  <message>
   <source>What finds no answer</source>
   <translation>哪些问题没有答案</translation>
  </message>
  <message>
   <source>Write an answer</source>
   <translation>撰写答案</translation>
  </message>
  <message>
   <source>by Casemate itself</source>
   <translation>由 Casemate 直接回答</translation>
  </message>
  <message>
   <source>half of the answers are surer</source>
   <translation>一半的答案比这更有把握</translation>
  </message>
  <message>
   <source>right / wrong</source>
   <translation>正确 / 错误</translation>
  </message>
 </context>
 <context>
  <name>FileReport</name>
  <message>
   <source>“{collection}” is up to date.</source>
   <translation>“{collection}”已是最新。</translation>
  </message>
 </context>
 <context>
  <name>FileReportDialog</name>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>File</source>
   <translation>文件</translation>
  </message>
  <message>
   <source>Files read</source>
   <translation>已读取的文件</translation>
  </message>
  <message>
   <source>Passages</source>
   <translation>段落</translation>
  </message>
  <message>
   <source>Reason</source>
   <translation>原因</translation>
  </message>
  <message>
   <source>State</source>
   <translation>状态</translation>
  </message>
 </context>
 <context>
  <name>FileResult</name>
  <message>
   <source>Show the folder</source>
   <translation>打开所在文件夹</translation>
  </message>
  <message>
   <source>Texts per label</source>
   <translation>各标签的文本数</translation>
  </message>
  <message>
   <source>The labelled table is written</source>
   <translation>已写好带标签的表格</translation>
  </message>
  <message>
   <source>The table is written</source>
   <translation>表格已写好</translation>
  </message>
  <message>
   <source>{rows} rows read: {found} names and terms found, in the column “entities”.</source>
   <translation>读了 {rows} 行：找到 {found} 个名称和术语，写在“entities”列中。</translation>
  </message>
  <message>
   <source>{rows} rows read: {labelled} got a label, {left} are left to a person.</source>
   <translation>共阅读 {rows} 行：{labelled} 行得到标签，{left} 行留给人工处理。</translation>
  </message>
 </context>
 <context>
  <name>FileTab</name>
  <message>
   <source>CSV, TSV, Excel, JSON lines or Parquet, also packed with gzip. The file itself stays as it is.</source>
   <translation>支持 CSV、TSV、Excel、JSON Lines 或 Parquet，也可用 gzip 压缩。原文件保持不变。</translation>
  </message>
  <message>
   <source>Column with the text</source>
   <translation>文本所在的列</translation>
  </message>
  <message>
   <source>Drop a table here</source>
   <translation>将表格拖到这里</translation>
  </message>
  <message>
   <source>Drop a table of people here</source>
   <translation>把人员表格拖到这里</translation>
  </message>
  <message>
   <source>Find in the file…</source>
   <translation>在文件中查找…</translation>
  </message>
  <message>
   <source>For everybody it knows…</source>
   <translation>为它认识的所有人…</translation>
  </message>
  <message>
   <source>Items per person</source>
   <translation>每人的物品数</translation>
  </message>
  <message>
   <source>JSON lines or CSV ({types})</source>
   <translation>JSON Lines 或 CSV ({types})</translation>
  </message>
  <message>
   <source>Label the file…</source>
   <translation>为文件加标签…</translation>
  </message>
  <message>
   <source>Labelling {name}</source>
   <translation>正在为 {name} 加标签</translation>
  </message>
  <message numerus="yes">
   <source>Lists for %n person(s), one per line.</source>
   <translation>
    <numerusform>共 %n 人的列表，每行一人。</numerusform>
   </translation>
  </message>
  <message>
   <source>Lists for everybody</source>
   <translation>所有人的列表</translation>
  </message>
  <message>
   <source>Lists for {name}</source>
   <translation>{name} 的列表</translation>
  </message>
  <message>
   <source>One person per row, in the column “user” or in the only column. The file itself stays as it is.</source>
   <translation>每行一人，写在“user”列或唯一的一列中。原文件保持不变。</translation>
  </message>
  <message>
   <source>Reading {name}</source>
   <translation>正在阅读 {name}</translation>
  </message>
  <message>
   <source>Show the folder</source>
   <translation>打开所在文件夹</translation>
  </message>
  <message>
   <source>Tables ({patterns})</source>
   <translation>表格 ({patterns})</translation>
  </message>
  <message>
   <source>The lists are written</source>
   <translation>列表已写好</translation>
  </message>
  <message>
   <source>Write the labelled table to</source>
   <translation>带标签的表格保存为</translation>
  </message>
  <message>
   <source>Write the lists to</source>
   <translation>列表写到</translation>
  </message>
  <message>
   <source>Write the lists…</source>
   <translation>写出列表…</translation>
  </message>
  <message>
   <source>Write the table with what is found to</source>
   <translation>将含有查找结果的表格写到</translation>
  </message>
 </context>
 <context>
  <name>Findings</name>
  <message>
   <source>Good to know</source>
   <translation>供您参考</translation>
  </message>
  <message>
   <source>Must be corrected</source>
   <translation>必须改正</translation>
  </message>
  <message>
   <source>Worth a look</source>
   <translation>值得一看</translation>
  </message>
 </context>
 <context>
  <name>FindingsView</name>
  <message>
   <source>Nothing stands in the way: no duplicates, conflicts or rare labels were found.</source>
   <translation>一切就绪：没有发现重复、冲突或过少的标签。</translation>
  </message>
 </context>
 <context>
  <name>FitView</name>
  <message numerus="yes">
   <source>%Ln row(s)</source>
   <translation>
    <numerusform>%Ln 行</numerusform>
   </translation>
  </message>
  <message>
   <source>1  Data</source>
   <translation>1  数据</translation>
  </message>
  <message>
   <source>2  Learn</source>
   <translation>2  学习</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>Events</source>
   <translation>行为</translation>
  </message>
  <message>
   <source>From a list of items and from what people did with them: bought, read, rated.</source>
   <translation>根据物品清单以及人们对物品的行为学习：购买、阅读、评分。</translation>
  </message>
  <message>
   <source>Import a table of items (item, title, text) and a table of events (user, item, and if known type and time).</source>
   <translation>请导入一张物品表（物品、标题、说明）和一张行为表（用户、物品，以及已知时的类型和时间）。</translation>
  </message>
  <message>
   <source>Import data</source>
   <translation>导入数据</translation>
  </message>
  <message>
   <source>Items</source>
   <translation>物品</translation>
  </message>
  <message>
   <source>Items and events are needed</source>
   <translation>需要物品和行为数据</translation>
  </message>
  <message>
   <source>Learn again</source>
   <translation>重新学习</translation>
  </message>
  <message>
   <source>Learn recommendations</source>
   <translation>学习推荐</translation>
  </message>
  <message>
   <source>Learning {name}</source>
   <translation>正在学习 {name}</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>名称</translation>
  </message>
  <message>
   <source>Part of each person's events is hidden at first, to measure how good the lists are.</source>
   <translation>先藏起每个人的一部分行为，用来衡量推荐列表的好坏。</translation>
  </message>
  <message>
   <source>Show the lists</source>
   <translation>查看推荐列表</translation>
  </message>
  <message>
   <source>Start learning</source>
   <translation>开始学习</translation>
  </message>
  <message>
   <source>Stopped. Nothing was changed.</source>
   <translation>已停止，未作任何更改。</translation>
  </message>
  <message>
   <source>{name} is ready: version {version}.</source>
   <translation>{name} 已就绪：第 {version} 版。</translation>
  </message>
 </context>
 <context>
  <name>FolderWatch</name>
  <message numerus="yes">
   <source>%n file(s) of the watched folders of {collection} were read.</source>
   <translation>
    <numerusform>已读取 {collection} 所跟踪文件夹中的 %n 个文件。</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>FoldersPart</name>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Changed</source>
   <translation>有改动</translation>
  </message>
  <message>
   <source>Chat no longer answers from them. If the files come back, they are read again.</source>
   <translation>“对话”将不再据此回答。文件若再出现，会重新读取。</translation>
  </message>
  <message>
   <source>Folder</source>
   <translation>文件夹</translation>
  </message>
  <message>
   <source>Folders are looked at when the workspace opens and every ten minutes while it is open.</source>
   <translation>工作区打开时以及打开期间每十分钟查看一次这些文件夹。</translation>
  </message>
  <message>
   <source>Gone</source>
   <translation>已消失</translation>
  </message>
  <message>
   <source>Keep</source>
   <translation>保留</translation>
  </message>
  <message>
   <source>Left out</source>
   <translation>未收录</translation>
  </message>
  <message>
   <source>Looked at</source>
   <translation>查看时间</translation>
  </message>
  <message>
   <source>New</source>
   <translation>新增</translation>
  </message>
  <message>
   <source>No watched folders</source>
   <translation>没有跟踪的文件夹</translation>
  </message>
  <message>
   <source>Refresh now</source>
   <translation>立即刷新</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>移除</translation>
  </message>
  <message numerus="yes">
   <source>Remove %n document(s) whose files are gone?</source>
   <translation>
    <numerusform>移除 %n 个文件已消失的文档？</numerusform>
   </translation>
  </message>
  <message>
   <source>Remove what is gone…</source>
   <translation>移除已消失的…</translation>
  </message>
  <message>
   <source>Stop watching</source>
   <translation>停止跟踪</translation>
  </message>
  <message numerus="yes">
   <source>Stop watching %n folder(s)?</source>
   <translation>
    <numerusform>停止跟踪 %n 个文件夹？</numerusform>
   </translation>
  </message>
  <message>
   <source>The collection follows a watched folder: new and changed files are read when the workspace opens and every ten minutes while it is open.</source>
   <translation>资料库会跟踪文件夹：工作区打开时以及打开期间每十分钟，读取新增和改动的文件。</translation>
  </message>
  <message>
   <source>The documents that were read stay in the collection.</source>
   <translation>已读取的文档仍留在资料库中。</translation>
  </message>
  <message>
   <source>Watch a folder</source>
   <translation>跟踪文件夹</translation>
  </message>
  <message>
   <source>Watched folders</source>
   <translation>跟踪的文件夹</translation>
  </message>
  <message>
   <source>never</source>
   <translation>从未</translation>
  </message>
  <message>
   <source>not reached</source>
   <translation>无法访问</translation>
  </message>
 </context>
 <context>
  <name>Footer</name>
  <message>
   <source>Back</source>
   <translation>上一步</translation>
  </message>
  <message>
   <source>Continue</source>
   <translation>继续</translation>
  </message>
 </context>
 <context>
  <name>Gate</name>
  <message>
   <source>Choose a passphrase. It encrypts everything you add, on this machine alone.</source>
   <translation>请设置口令。它会在本机上加密您添加的一切内容。</translation>
  </message>
  <message>
   <source>Create workspace</source>
   <translation>创建工作区</translation>
  </message>
  <message>
   <source>Create your workspace</source>
   <translation>创建您的工作区</translation>
  </message>
  <message>
   <source>Creating…</source>
   <translation>正在创建…</translation>
  </message>
  <message>
   <source>Enter your passphrase to unlock the workspace.</source>
   <translation>输入口令以解锁工作区。</translation>
  </message>
  <message>
   <source>Fair: add another word or two.</source>
   <translation>一般：再加一两个词。</translation>
  </message>
  <message>
   <source>Four or five random words make a good passphrase.</source>
   <translation>四五个随机的词就是很好的口令。</translation>
  </message>
  <message>
   <source>Good.</source>
   <translation>良好。</translation>
  </message>
  <message>
   <source>Message</source>
   <translation>消息</translation>
  </message>
  <message>
   <source>Nobody can recover a forgotten passphrase. Write it down and keep it in a safe place.</source>
   <translation>忘记的口令任何人都无法找回。请写下来并妥善保管。</translation>
  </message>
  <message>
   <source>Open the workspace</source>
   <translation>打开工作区</translation>
  </message>
  <message>
   <source>Open with the keychain</source>
   <translation>用钥匙串打开</translation>
  </message>
  <message>
   <source>Opens a throwaway workspace that is deleted when you close the window.</source>
   <translation>打开一个临时工作区，关闭窗口时会被删除。</translation>
  </message>
  <message>
   <source>Passphrase</source>
   <translation>口令</translation>
  </message>
  <message>
   <source>Passphrase again</source>
   <translation>再次输入口令</translation>
  </message>
  <message>
   <source>Remember it in this computer's keychain</source>
   <translation>在本机的钥匙串中记住口令</translation>
  </message>
  <message>
   <source>Restore a backup…</source>
   <translation>恢复备份…</translation>
  </message>
  <message>
   <source>Strength of the passphrase</source>
   <translation>口令强度</translation>
  </message>
  <message>
   <source>Strong.</source>
   <translation>很强。</translation>
  </message>
  <message>
   <source>The passphrase needs at least {n} characters.</source>
   <translation>口令至少需要 {n} 个字符。</translation>
  </message>
  <message>
   <source>The two passphrases differ.</source>
   <translation>两次输入的口令不一致。</translation>
  </message>
  <message>
   <source>Try the samples</source>
   <translation>试用示例</translation>
  </message>
  <message>
   <source>Type your passphrase first.</source>
   <translation>请先输入口令。</translation>
  </message>
  <message>
   <source>Unlock</source>
   <translation>解锁</translation>
  </message>
  <message>
   <source>Unlocking…</source>
   <translation>正在解锁…</translation>
  </message>
  <message>
   <source>Weak: easy to guess. Make it longer; a few words in a row work well.</source>
   <translation>弱：容易被猜到。请加长；连续几个词就很有效。</translation>
  </message>
  <message>
   <source>Welcome back</source>
   <translation>欢迎回来</translation>
  </message>
 </context>
 <context>
  <name>GeneratorCard</name>
  <message>
   <source>1 minute</source>
   <translation>1 分钟</translation>
  </message>
  <message>
   <source>15 minutes</source>
   <translation>15 分钟</translation>
  </message>
  <message>
   <source>5 minutes</source>
   <translation>5 分钟</translation>
  </message>
  <message>
   <source>A day</source>
   <translation>1 天</translation>
  </message>
  <message>
   <source>A little freely</source>
   <translation>稍微自由</translation>
  </message>
  <message>
   <source>About {words} words</source>
   <translation>约 {words} 个英文单词</translation>
  </message>
  <message>
   <source>All</source>
   <translation>全部</translation>
  </message>
  <message>
   <source>All that help</source>
   <translation>所有有用的线程</translation>
  </message>
  <message>
   <source>All that help ({n})</source>
   <translation>所有有用的线程（{n}）</translation>
  </message>
  <message>
   <source>An answer that reaches this length ends there, and its unfinished sentence is left out.</source>
   <translation>回答达到此长度即结束，未写完的句子会被略去。</translation>
  </message>
  <message>
   <source>An hour</source>
   <translation>1 小时</translation>
  </message>
  <message>
   <source>As much as fits</source>
   <translation>内存允许的最大值</translation>
  </message>
  <message>
   <source>At once</source>
   <translation>立即</translation>
  </message>
  <message>
   <source>Back to what is usual: {title}</source>
   <translation>恢复默认：{title}</translation>
  </message>
  <message>
   <source>Free wording sounds livelier, and more of its sentences are left out because your documents do not hold them.</source>
   <translation>措辞越自由越生动，但会有更多句子因文档中没有依据而被略去。</translation>
  </message>
  <message>
   <source>Freely</source>
   <translation>自由</translation>
  </message>
  <message>
   <source>Generators</source>
   <translation>生成模型</translation>
  </message>
  <message>
   <source>Give memory back after</source>
   <translation>多久后归还内存</translation>
  </message>
  <message>
   <source>How a language model writes where you let one phrase answers. A choice counts from the next answer on.</source>
   <translation>让语言模型组织回答时，它如何书写。选择从下一个回答起生效。</translation>
  </message>
  <message>
   <source>How freely it words</source>
   <translation>措辞的自由程度</translation>
  </message>
  <message>
   <source>How long answers may be</source>
   <translation>回答的最大长度</translation>
  </message>
  <message>
   <source>How much it can read at once</source>
   <translation>一次能读多少</translation>
  </message>
  <message>
   <source>Layers on the graphics card</source>
   <translation>放在显卡上的层数</translation>
  </message>
  <message>
   <source>More than your processor has cores makes it slower; fewer leave room for other programs.</source>
   <translation>超过处理器核心数会变慢；较少则为其他程序留出余地。</translation>
  </message>
  <message>
   <source>None</source>
   <translation>无</translation>
  </message>
  <message>
   <source>Passages, conversation and answer together. More takes more memory.</source>
   <translation>段落、对话和回答合计。越多占用内存越多。</translation>
  </message>
  <message>
   <source>Processor threads</source>
   <translation>处理器线程数</translation>
  </message>
  <message>
   <source>Saved.</source>
   <translation>已保存。</translation>
  </message>
  <message>
   <source>The first {n}</source>
   <translation>前 {n} 层</translation>
  </message>
  <message>
   <source>The same words each time</source>
   <translation>每次用词相同</translation>
  </message>
  <message>
   <source>The time without a question after which the generator is taken out of memory.</source>
   <translation>多长时间没有提问后，将生成模型移出内存。</translation>
  </message>
  <message>
   <source>This Casemate was built without a graphics card for generators; the processor does it all.</source>
   <translation>此 Casemate 的生成模型不支持显卡，全部由处理器完成。</translation>
  </message>
  <message>
   <source>Very freely</source>
   <translation>非常自由</translation>
  </message>
  <message>
   <source>What lies on the graphics card ({kind}) is much faster and takes the card's own memory.</source>
   <translation>放在显卡（{kind}）上的部分快得多，占用的是显存。</translation>
  </message>
  <message>
   <source>What lies on the graphics card is much faster and takes the card's own memory.</source>
   <translation>放在显卡上的部分快得多，占用的是显存。</translation>
  </message>
  <message>
   <source>{tokens} tokens, about {pages} pages</source>
   <translation>{tokens} 个词元，约 {pages} 页</translation>
  </message>
 </context>
 <context>
  <name>GeneratorDialog</name>
  <message>
   <source>Alpha</source>
   <translation>系数（alpha）</translation>
  </message>
  <message>
   <source>Answers to learn from</source>
   <translation>用来学习的回答</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Fine points</source>
   <translation>细节设置</translation>
  </message>
  <message>
   <source>Generator</source>
   <translation>生成模型</translation>
  </message>
  <message>
   <source>It learns how your desk answers, in a small add-on that stays in this workspace. The generator itself is not changed.</source>
   <translation>它学习客服台怎样回答，存成一个留在此工作区的小附加文件。生成模型本身不变。</translation>
  </message>
  <message>
   <source>Minutes at most</source>
   <translation>最多分钟数</translation>
  </message>
  <message>
   <source>Name of what it learns</source>
   <translation>所学内容的名称</translation>
  </message>
  <message>
   <source>Rank</source>
   <translation>秩（rank）</translation>
  </message>
  <message>
   <source>Rounds at most</source>
   <translation>最多轮数</translation>
  </message>
  <message>
   <source>Start teaching</source>
   <translation>开始教</translation>
  </message>
  <message>
   <source>Teach a generator your answers</source>
   <translation>把您的回答教给生成模型</translation>
  </message>
  <message>
   <source>There is no generator here yet. Take one in under Library, Models.</source>
   <translation>这里还没有生成模型。可在“资料室”的“模型”中导入。</translation>
  </message>
  <message>
   <source>This name is taken already.</source>
   <translation>这个名称已被使用。</translation>
  </message>
  <message>
   <source>What this desk approved</source>
   <translation>此客服台审定的内容</translation>
  </message>
  <message>
   <source>no limit</source>
   <translation>不限</translation>
  </message>
  <message>
   <source>usual</source>
   <translation>常规</translation>
  </message>
  <message>
   <source>usual (16)</source>
   <translation>常规（16）</translation>
  </message>
  <message>
   <source>usual (twice the rank)</source>
   <translation>常规（秩的两倍）</translation>
  </message>
  <message>
   <source>{generator} desk</source>
   <translation>{generator} 客服</translation>
  </message>
 </context>
 <context>
  <name>GeneratorPanel</name>
  <message>
   <source>A generator phrases what your documents say. Each of its sentences is checked against them; what they do not hold is not shown.</source>
   <translation>生成模型用自己的话表述文档内容。每句话都会与文档核对，没有依据的不显示。</translation>
  </message>
  <message>
   <source>Generators</source>
   <translation>生成模型</translation>
  </message>
  <message>
   <source>How they write…</source>
   <translation>书写方式…</translation>
  </message>
  <message>
   <source>Take in a generator…</source>
   <translation>导入生成模型…</translation>
  </message>
  <message>
   <source>There is no generator here yet. Take in any model in a GGUF file; it runs on this computer alone.</source>
   <translation>这里还没有生成模型。可导入任何 GGUF 文件中的模型，它只在本机运行。</translation>
  </message>
  <message>
   <source>Who words the answers</source>
   <translation>由谁组织回答</translation>
  </message>
  <message>
   <source>Who words the answers of {agent}</source>
   <translation>由谁组织“{agent}”的回答</translation>
  </message>
 </context>
 <context>
  <name>GeneratorPart</name>
  <message numerus="yes">
   <source> ({moment}, %n thread(s))</source>
   <translation>
    <numerusform>（{moment}，%n 个线程）</numerusform>
   </translation>
  </message>
  <message>
   <source>Give memory back</source>
   <translation>归还内存</translation>
  </message>
  <message>
   <source>Its file cannot be read.</source>
   <translation>无法读取其文件。</translation>
  </message>
  <message>
   <source>Looking…</source>
   <translation>正在查看…</translation>
  </message>
  <message>
   <source>Measure speed</source>
   <translation>测量速度</translation>
  </message>
  <message>
   <source>Measuring…</source>
   <translation>正在测量…</translation>
  </message>
  <message>
   <source>Memory and speed</source>
   <translation>内存与速度</translation>
  </message>
  <message>
   <source>Reads {context} tokens at once here; it was taught {taught}.</source>
   <translation>在本机一次读取 {context} 个词元；训练时为 {taught} 个。</translation>
  </message>
 </context>
 <context>
  <name>GeneratorPicker</name>
  <message>
   <source>Choose who words the answers.</source>
   <translation>选择由谁组织回答。</translation>
  </message>
  <message>
   <source>Phrased by {name}</source>
   <translation>由 {name} 组织</translation>
  </message>
  <message>
   <source>Quotes the documents</source>
   <translation>直接引用文档</translation>
  </message>
  <message>
   <source>Who words the answers: {choice}</source>
   <translation>由谁组织回答：{choice}</translation>
  </message>
 </context>
 <context>
  <name>GeneratorRow</name>
  <message>
   <source>Give memory back</source>
   <translation>归还内存</translation>
  </message>
  <message>
   <source>Measure speed</source>
   <translation>测量速度</translation>
  </message>
  <message>
   <source>Measuring…</source>
   <translation>正在测量…</translation>
  </message>
  <message>
   <source>Quote the documents</source>
   <translation>直接引用文档</translation>
  </message>
  <message>
   <source>The words are those of your documents. No generator is needed.</source>
   <translation>使用文档原文，不需要生成模型。</translation>
  </message>
  <message>
   <source>bundled</source>
   <translation>内置</translation>
  </message>
  <message>
   <source>in memory</source>
   <translation>在内存中</translation>
  </message>
 </context>
 <context>
  <name>HandOverDialog</name>
  <message>
   <source>A note for the person (not needed)</source>
   <translation>给同事的备注（可不填）</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Hand over</source>
   <translation>转交</translation>
  </message>
  <message>
   <source>Hand over to a person</source>
   <translation>转交人工</translation>
  </message>
  <message>
   <source>The question waits at the desk with the whole conversation. The person's answer appears here and can be kept as an approved answer.</source>
   <translation>问题会连同整段对话在客服台等待。人工的答复会显示在这里，并可保存为审定答案。</translation>
  </message>
 </context>
 <context>
  <name>HistoryTab</name>
  <message>
   <source>Add one or more items from the left, or say in words what it should be like. Nothing about this person is kept.</source>
   <translation>从左侧添加一件或多件物品，或用文字说明应该是什么样的。不会保留关于此人的任何内容。</translation>
  </message>
  <message>
   <source>Best first, with the reason for every item.</source>
   <translation>最合适的在前，每件都附有理由。</translation>
  </message>
  <message>
   <source>Chosen so far:</source>
   <translation>已经选过：</translation>
  </message>
  <message>
   <source>Find</source>
   <translation>查找</translation>
  </message>
  <message>
   <source>Item ids from the clipboard, separated by commas, spaces or lines</source>
   <translation>剪贴板中的物品编号，以逗号、空格或换行分隔</translation>
  </message>
  <message>
   <source>Nothing suits all of it.</source>
   <translation>没有物品符合全部条件。</translation>
  </message>
  <message>
   <source>Paste ids</source>
   <translation>粘贴编号</translation>
  </message>
  <message>
   <source>Recommended next</source>
   <translation>接下来推荐</translation>
  </message>
  <message>
   <source>Remove {title}</source>
   <translation>移除 {title}</translation>
  </message>
  <message>
   <source>Search items</source>
   <translation>搜索物品</translation>
  </message>
  <message>
   <source>Something like … but cheaper, in stock</source>
   <translation>像 … 但更便宜，有货</translation>
  </message>
  <message>
   <source>Understood: {words}</source>
   <translation>理解为：{words}</translation>
  </message>
  <message>
   <source>What did they choose?</source>
   <translation>这个人选过什么？</translation>
  </message>
  <message>
   <source>What should it be like?</source>
   <translation>应该是什么样的？</translation>
  </message>
  <message>
   <source>Without these, as nothing is known of them: {items}</source>
   <translation>以下物品未知，未计入：{items}</translation>
  </message>
 </context>
 <context>
  <name>ImportDialog</name>
  <message numerus="yes">
   <source>%n column(s)</source>
   <translation>
    <numerusform>%n 列</numerusform>
   </translation>
  </message>
  <message>
   <source>A data set of this name exists: choose another name, or replace it.</source>
   <translation>已有同名的数据集：请换一个名称，或选择替换。</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Choose a column</source>
   <translation>选择一列</translation>
  </message>
  <message>
   <source>Choose a column for: {fields}</source>
   <translation>请为以下字段选择列：{fields}</translation>
  </message>
  <message>
   <source>First rows of the file</source>
   <translation>文件的前几行</translation>
  </message>
  <message>
   <source>Give the data set a name.</source>
   <translation>请为数据集命名。</translation>
  </message>
  <message>
   <source>Import</source>
   <translation>导入</translation>
  </message>
  <message>
   <source>Import a table</source>
   <translation>导入表格</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>名称</translation>
  </message>
  <message>
   <source>Name of the data set</source>
   <translation>数据集的名称</translation>
  </message>
  <message>
   <source>None</source>
   <translation>无</translation>
  </message>
  <message>
   <source>One column cannot serve two fields.</source>
   <translation>一列不能同时用于两个字段。</translation>
  </message>
  <message>
   <source>Reading the file…</source>
   <translation>正在读取文件…</translation>
  </message>
  <message>
   <source>Replace the data set of this name</source>
   <translation>替换同名的数据集</translation>
  </message>
  <message>
   <source>What it holds</source>
   <translation>内容类型</translation>
  </message>
  <message>
   <source>What the table holds</source>
   <translation>表格的内容类型</translation>
  </message>
  <message>
   <source>comma</source>
   <translation>逗号</translation>
  </message>
  <message>
   <source>parted by {delimiter}</source>
   <translation>以{delimiter}分隔</translation>
  </message>
  <message>
   <source>semicolon</source>
   <translation>分号</translation>
  </message>
  <message>
   <source>tab</source>
   <translation>制表符</translation>
  </message>
  <message>
   <source>{field} (if there is one)</source>
   <translation>{field}（如果有）</translation>
  </message>
 </context>
 <context>
  <name>ImportReport</name>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>Copy the list</source>
   <translation>复制列表</translation>
  </message>
  <message>
   <source>Line</source>
   <translation>行号</translation>
  </message>
  <message>
   <source>Reason</source>
   <translation>原因</translation>
  </message>
  <message>
   <source>Refused rows</source>
   <translation>被拒绝的行</translation>
  </message>
  <message>
   <source>{accepted} of {rows} rows were taken; {rejected} were refused.</source>
   <translation>共 {rows} 行，接收 {accepted} 行，拒绝 {rejected} 行。</translation>
  </message>
  <message>
   <source>{count} like “{reason}”</source>
   <translation>{count} 行如：“{reason}”</translation>
  </message>
  <message>
   <source>“{name}” is imported</source>
   <translation>“{name}”已导入</translation>
  </message>
 </context>
 <context>
  <name>JobsStrip</name>
  <message>
   <source>Running jobs</source>
   <translation>正在运行的任务</translation>
  </message>
 </context>
 <context>
  <name>JobsTab</name>
  <message>
   <source>Clear the list</source>
   <translation>清空列表</translation>
  </message>
  <message>
   <source>Ended</source>
   <translation>已结束</translation>
  </message>
  <message>
   <source>Ended jobs</source>
   <translation>已结束的任务</translation>
  </message>
  <message>
   <source>Job</source>
   <translation>任务</translation>
  </message>
  <message>
   <source>Jobs</source>
   <translation>任务</translation>
  </message>
  <message>
   <source>Long acts such as reading documents, importing and training are listed here while they run and after.</source>
   <translation>读取文档、导入和训练等耗时操作，会在运行期间和结束之后列在这里。</translation>
  </message>
  <message>
   <source>Note</source>
   <translation>备注</translation>
  </message>
  <message>
   <source>Nothing has run yet</source>
   <translation>还没有运行过任务</translation>
  </message>
  <message>
   <source>Running</source>
   <translation>正在运行</translation>
  </message>
  <message>
   <source>Started</source>
   <translation>开始时间</translation>
  </message>
  <message>
   <source>State</source>
   <translation>状态</translation>
  </message>
  <message>
   <source>Took</source>
   <translation>用时</translation>
  </message>
 </context>
 <context>
  <name>LabelChoices</name>
  <message>
   <source>Find a label, or type a new one</source>
   <translation>查找标签，或输入新标签</translation>
  </message>
  <message>
   <source>New label “{label}”</source>
   <translation>新标签“{label}”</translation>
  </message>
  <message>
   <source>guessed with {score}</source>
   <translation>猜测得分 {score}</translation>
  </message>
  <message>
   <source>key {number}</source>
   <translation>按键 {number}</translation>
  </message>
 </context>
 <context>
  <name>LabelDialog</name>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Correct it</source>
   <translation>更正</translation>
  </message>
  <message>
   <source>Find a label</source>
   <translation>查找标签</translation>
  </message>
  <message>
   <source>Labels</source>
   <translation>标签</translation>
  </message>
  <message>
   <source>What should the label be?</source>
   <translation>标签应该是什么？</translation>
  </message>
 </context>
 <context>
  <name>LabelView</name>
  <message>
   <source>A person said that it was read wrongly.</source>
   <translation>有人指出它被读错了。</translation>
  </message>
  <message>
   <source>A question whose answer was of no use.</source>
   <translation>一个没有得到有用回答的问题。</translation>
  </message>
  <message>
   <source>Casemate picks the texts from which this skill learns most; you label them by one key each. Corrections from Read and Chat wait here too.</source>
   <translation>Casemate 会挑出最能让这个技能学到东西的文本，每条您只需按一个键来标注。来自阅读和对话的更正也在这里等候。</translation>
  </message>
  <message>
   <source>Choose more texts</source>
   <translation>选择更多文本</translation>
  </message>
  <message>
   <source>Close this message</source>
   <translation>关闭此消息</translation>
  </message>
  <message>
   <source>Corrected in Read</source>
   <translation>来自阅读页的更正</translation>
  </message>
  <message>
   <source>Every text is labelled</source>
   <translation>所有文本都已标注</translation>
  </message>
  <message>
   <source>From Chat</source>
   <translation>来自对话</translation>
  </message>
  <message>
   <source>Keys: 1–9 label · S skips · Ctrl+Z takes back · F finds</source>
   <translation>按键：1–9 标注 · S 跳过 · Ctrl+Z 撤回 · F 查找</translation>
  </message>
  <message>
   <source>Labelled by the skill</source>
   <translation>由技能标注</translation>
  </message>
  <message>
   <source>Labelled “{label}”: {text}</source>
   <translation>已标为“{label}”：{text}</translation>
  </message>
  <message>
   <source>Share that is labelled</source>
   <translation>已标注的比例</translation>
  </message>
  <message>
   <source>Skip</source>
   <translation>跳过</translation>
  </message>
  <message>
   <source>Skipped: {text}</source>
   <translation>已跳过：{text}</translation>
  </message>
  <message>
   <source>Take back the last label</source>
   <translation>撤回上一个标签</translation>
  </message>
  <message>
   <source>Teach</source>
   <translation>教</translation>
  </message>
  <message>
   <source>Teach the skill with your labels, or choose more texts first.</source>
   <translation>用您的标签教这个技能，或者先选择更多文本。</translation>
  </message>
  <message numerus="yes">
   <source>Teach with %n label(s)</source>
   <translation>
    <numerusform>用这 %n 个标签教学</numerusform>
   </translation>
  </message>
  <message>
   <source>Teach with few labels</source>
   <translation>用少量标签来教</translation>
  </message>
  <message>
   <source>Teaching {name}</source>
   <translation>正在教 {name}</translation>
  </message>
  <message>
   <source>Text to label</source>
   <translation>待标注文本</translation>
  </message>
  <message>
   <source>Text to label: {text}</source>
   <translation>待标注文本：{text}</translation>
  </message>
  <message>
   <source>Texts to label</source>
   <translation>待标注文本</translation>
  </message>
  <message>
   <source>The skill is not sure here, so that your label teaches it much.</source>
   <translation>技能在这里没有把握，您的标签能教会它很多。</translation>
  </message>
  <message>
   <source>The skill labelled it by itself: look it over.</source>
   <translation>技能自己给了标签，请检查一下。</translation>
  </message>
  <message>
   <source>There is no text left in it that was not labelled yet.</source>
   <translation>其中已没有尚未标注的文本。</translation>
  </message>
  <message>
   <source>Unsure</source>
   <translation>没有把握</translation>
  </message>
  <message numerus="yes">
   <source>Version {version} learned %n more text(s) but was no better; the one in use stays.</source>
   <translation>
    <numerusform>第 {version} 版又学习了 %n 条文本，但没有更好，继续使用原来的版本。</numerusform>
   </translation>
  </message>
  <message>
   <source>{accuracy} of the held-out texts are read right.</source>
   <translation>留出的文本中有 {accuracy} 读得正确。</translation>
  </message>
  <message numerus="yes">
   <source>{name} learned %n more text(s): version {version} is in use.</source>
   <translation>
    <numerusform>{name} 又学习了 %n 条文本：现在使用第 {version} 版。</numerusform>
   </translation>
  </message>
  <message>
   <source>{waiting} waiting · {labelled} labelled</source>
   <translation>待标注 {waiting} · 已标注 {labelled}</translation>
  </message>
 </context>
 <context>
  <name>Labelling</name>
  <message>
   <source>Back to the skill</source>
   <translation>返回技能</translation>
  </message>
  <message>
   <source>Label texts for {name}</source>
   <translation>为 {name} 标注文本</translation>
  </message>
 </context>
 <context>
  <name>LabelsField</name>
  <message>
   <source>Add label</source>
   <translation>添加标签</translation>
  </message>
  <message>
   <source>New label</source>
   <translation>新标签</translation>
  </message>
  <message>
   <source>Remove the label {label}</source>
   <translation>移除标签 {label}</translation>
  </message>
  <message>
   <source>Two labels or more. Words that describe the text well work best: “late delivery”, not “L2”.</source>
   <translation>至少两个标签。最好用能描述文本的词：写“送货延迟”，不要写“L2”。</translation>
  </message>
  <message>
   <source>Type a label, or several with commas, then Enter</source>
   <translation>输入一个标签，或用逗号分隔的多个标签，然后按 Enter</translation>
  </message>
 </context>
 <context>
  <name>LeftOut</name>
  <message numerus="yes">
   <source>%n sentence(s) left out that the source does not hold.</source>
   <translation>
    <numerusform>略去了 %n 个没有依据的句子。</numerusform>
   </translation>
  </message>
  <message>
   <source>Hide them</source>
   <translation>隐藏</translation>
  </message>
  <message>
   <source>Left out: {reason}.</source>
   <translation>略去原因：{reason}。</translation>
  </message>
  <message>
   <source>Show them</source>
   <translation>显示</translation>
  </message>
  <message>
   <source>“{sentence}”</source>
   <translation>“{sentence}”</translation>
  </message>
  <message numerus="yes">
   <source>… and %n more</source>
   <translation>
    <numerusform>……另有 %n 个</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>ListTab</name>
  <message>
   <source>All</source>
   <translation>全部</translation>
  </message>
  <message>
   <source>Answered</source>
   <translation>已判断</translation>
  </message>
  <message>
   <source>CSV (*.csv)</source>
   <translation>CSV (*.csv)</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>复制</translation>
  </message>
  <message>
   <source>Export CSV…</source>
   <translation>导出 CSV…</translation>
  </message>
  <message>
   <source>Export the table</source>
   <translation>导出表格</translation>
  </message>
  <message>
   <source>Filter rows</source>
   <translation>筛选行</translation>
  </message>
  <message>
   <source>How each text is read</source>
   <translation>每条文本的判断结果</translation>
  </message>
  <message>
   <source>Label</source>
   <translation>标签</translation>
  </message>
  <message>
   <source>Left to a person</source>
   <translation>留给人工</translation>
  </message>
  <message>
   <source>Lines: {count}</source>
   <translation>行数：{count}</translation>
  </message>
  <message>
   <source>Not written: {reason}</source>
   <translation>未能写入：{reason}</translation>
  </message>
  <message>
   <source>Noted. Not yet taught: {count}</source>
   <translation>已记下。尚未用于教学：{count}</translation>
  </message>
  <message>
   <source>Paste texts here, one per line</source>
   <translation>在此粘贴文本，每行一条</translation>
  </message>
  <message>
   <source>Read the texts</source>
   <translation>阅读这些文本</translation>
  </message>
  <message>
   <source>Rows to show</source>
   <translation>显示哪些行</translation>
  </message>
  <message>
   <source>Score</source>
   <translation>分数</translation>
  </message>
  <message>
   <source>Text</source>
   <translation>文本</translation>
  </message>
  <message>
   <source>Texts, one per line</source>
   <translation>文本，每行一条</translation>
  </message>
  <message>
   <source>The rows are on the clipboard.</source>
   <translation>这些行已复制到剪贴板。</translation>
  </message>
  <message>
   <source>This should be…</source>
   <translation>应该是…</translation>
  </message>
  <message>
   <source>Written to {path}</source>
   <translation>已写入 {path}</translation>
  </message>
  <message>
   <source>{answered} answered, {left} left to a person</source>
   <translation>{answered} 条已判断，{left} 条留给人工</translation>
  </message>
  <message>
   <source>{label} (you)</source>
   <translation>{label}（您）</translation>
  </message>
 </context>
 <context>
  <name>LookCard</name>
  <message>
   <source>Changes at once.</source>
   <translation>立即生效。</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>深色</translation>
  </message>
  <message>
   <source>Font size</source>
   <translation>字号</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>语言</translation>
  </message>
  <message>
   <source>Large</source>
   <translation>大</translation>
  </message>
  <message>
   <source>Larger</source>
   <translation>更大</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>浅色</translation>
  </message>
  <message>
   <source>Light, dark, or as the system has it.</source>
   <translation>浅色、深色，或跟随系统。</translation>
  </message>
  <message>
   <source>Look</source>
   <translation>外观</translation>
  </message>
  <message>
   <source>Makes texts and controls larger.</source>
   <translation>放大文字和控件。</translation>
  </message>
  <message>
   <source>Normal</source>
   <translation>标准</translation>
  </message>
  <message>
   <source>Small</source>
   <translation>小</translation>
  </message>
  <message>
   <source>System</source>
   <translation>跟随系统</translation>
  </message>
  <message>
   <source>Theme</source>
   <translation>主题</translation>
  </message>
 </context>
 <context>
  <name>MainWindow</name>
  <message>
   <source>Close this message</source>
   <translation>关闭此消息</translation>
  </message>
  <message>
   <source>Samples</source>
   <translation>示例</translation>
  </message>
 </context>
 <context>
  <name>MapView</name>
  <message>
   <source>Draw again</source>
   <translation>重新绘制</translation>
  </message>
  <message>
   <source>Drawing the map</source>
   <translation>正在绘制地图</translation>
  </message>
  <message>
   <source>Items near each other are described alike.</source>
   <translation>相邻的物品说明相近。</translation>
  </message>
  <message>
   <source>Items near each other were chosen by the same people.</source>
   <translation>相邻的物品被相同的人选择。</translation>
  </message>
  <message>
   <source>Map of the items</source>
   <translation>物品地图</translation>
  </message>
  <message>
   <source>Not drawn: {count}.</source>
   <translation>未画出：{count} 件。</translation>
  </message>
  <message>
   <source>The wheel zooms, dragging moves; click an item to see what goes with it.</source>
   <translation>滚轮缩放，拖动平移；点击一件物品可查看与它相配的物品。</translation>
  </message>
  <message>
   <source>{count} items.</source>
   <translation>{count} 件物品。</translation>
  </message>
 </context>
 <context>
  <name>MarkedRows</name>
  <message>
   <source>, {number} marked beyond</source>
   <translation>，其后还有 {number} 处标注</translation>
  </message>
  <message>
   <source>Rows with what is marked in them</source>
   <translation>显示标注内容的各行</translation>
  </message>
  <message>
   <source>the first {shown} of {total} characters</source>
   <translation>{total} 个字符中的前 {shown} 个</translation>
  </message>
 </context>
 <context>
  <name>MeasureTab</name>
  <message>
   <source>Data set to measure on</source>
   <translation>用来测量的数据集</translation>
  </message>
  <message>
   <source>How good is it on your texts?</source>
   <translation>它在您的文本上表现如何？</translation>
  </message>
  <message>
   <source>Measure</source>
   <translation>测量</translation>
  </message>
  <message>
   <source>Measure on</source>
   <translation>测量用数据集</translation>
  </message>
  <message>
   <source>Measuring {pack} on {name}</source>
   <translation>正在用 {name} 测量 {pack}</translation>
  </message>
  <message>
   <source>Their labels are compared with its answers. Choose texts that it was not taught with; on those that it knows it looks better than it is.</source>
   <translation>把其中的标签与它的回答比较。请选择没有教过它的文本；在它学过的文本上，结果会偏好。</translation>
  </message>
  <message>
   <source>There is no data set of labelled texts yet. Import a table under Library.</source>
   <translation>还没有带标签文本的数据集。请在“资料室”中导入表格。</translation>
  </message>
  <message>
   <source>There is no data set of marked texts yet. Import one under Library: JSON lines with spans, CoNLL or words with BIO tags.</source>
   <translation>还没有带标注的文本数据集。请在资料室中导入：含 spans 的 JSON 行、CoNLL，或带 BIO 标记的词。</translation>
  </message>
  <message>
   <source>What is marked in them is compared with what it finds.</source>
   <translation>把文本中的标注与它找到的内容进行比较。</translation>
  </message>
  <message>
   <source>{name} · {rows} texts</source>
   <translation>{name} · {rows} 条文本</translation>
  </message>
 </context>
 <context>
  <name>MeasuredView</name>
  <message>
   <source>Labels that the skill was never taught: {count} ({labels}). Their texts count as wrong.</source>
   <translation>技能从未学过的标签：{count} 个（{labels}）。它们的文本计为错误。</translation>
  </message>
 </context>
 <context>
  <name>MeterPart</name>
  <message numerus="yes">
   <source>%n line(s) of the file could not be used</source>
   <translation>
    <numerusform>文件中有 %n 行无法使用</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n question(s)</source>
   <translation>
    <numerusform>%n 个问题</numerusform>
   </translation>
  </message>
  <message>
   <source>How well the search finds</source>
   <translation>检索效果如何</translation>
  </message>
  <message>
   <source>Lines of JSON (*.jsonl);;All files (*)</source>
   <translation>JSON 行文件 (*.jsonl);;所有文件 (*)</translation>
  </message>
  <message>
   <source>MRR</source>
   <translation>MRR</translation>
  </message>
  <message>
   <source>Measure</source>
   <translation>测量</translation>
  </message>
  <message>
   <source>Measure again</source>
   <translation>重新测量</translation>
  </message>
  <message>
   <source>Measure with my own questions…</source>
   <translation>用自己的问题测量…</translation>
  </message>
  <message>
   <source>Modes of the search</source>
   <translation>检索方式</translation>
  </message>
  <message>
   <source>Not measured yet</source>
   <translation>尚未测量</translation>
  </message>
  <message>
   <source>Questions to measure with</source>
   <translation>用于测量的问题</translation>
  </message>
  <message>
   <source>The collection is now searched by: {mode}</source>
   <translation>资料库现在的检索方式：{mode}</translation>
  </message>
  <message>
   <source>The questions were made from the collection itself, which favours the search by words; your own questions tell more.</source>
   <translation>这些问题由资料库自身生成，对字词检索有利；用您自己的问题测量更能说明情况。</translation>
  </message>
  <message>
   <source>The right passage is among the first ten</source>
   <translation>正确段落在前十名之内</translation>
  </message>
  <message>
   <source>The search can look at words, at meaning, or at both. Measuring asks questions whose place is known in every way, and keeps the way that finds most.</source>
   <translation>检索可以依据字词、含义，或两者兼用。测量时会用已知出处的问题逐一尝试各种方式，并采用找到最多的那一种。</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>时间</translation>
  </message>
  <message>
   <source>Top 1</source>
   <translation>前 1 名</translation>
  </message>
  <message>
   <source>Top 10</source>
   <translation>前 10 名</translation>
  </message>
  <message>
   <source>Top 3</source>
   <translation>前 3 名</translation>
  </message>
  <message>
   <source>Use this way</source>
   <translation>采用这种方式</translation>
  </message>
  <message>
   <source>Way</source>
   <translation>方式</translation>
  </message>
  <message>
   <source>{ms} ms</source>
   <translation>{ms} 毫秒</translation>
  </message>
 </context>
 <context>
  <name>MethodCard</name>
  <message>
   <source>Expected result</source>
   <translation>预计成绩</translation>
  </message>
  <message>
   <source>How good it gets cannot be told before.</source>
   <translation>事先无法知道能达到多好。</translation>
  </message>
  <message>
   <source>Not possible: {reason}</source>
   <translation>无法使用：{reason}</translation>
  </message>
  <message>
   <source>Trying it out…</source>
   <translation>正在试算…</translation>
  </message>
  <message>
   <source>about {score} right on new texts ({low} to {high})</source>
   <translation>在新文本上约答对 {score}（{low} 至 {high}）</translation>
  </message>
  <message>
   <source>about {time} · {memory} of memory</source>
   <translation>约 {time} · 内存 {memory}</translation>
  </message>
  <message>
   <source>finds about {score} of what is marked, cleanly (F1 {low} to {high})</source>
   <translation>查找名称的 F1 约为 {score}（{low} 至 {high}）</translation>
  </message>
 </context>
 <context>
  <name>MethodStep</name>
  <message>
   <source>Everything here has a default that was measured to be good.</source>
   <translation>这里的每一项都有经过实测的默认值。</translation>
  </message>
  <message>
   <source>Forecast again</source>
   <translation>重新预测</translation>
  </message>
  <message>
   <source>Measured on this machine in {seconds} s; {memory} of memory are free.</source>
   <translation>在这台电脑上用 {seconds} 秒测得；可用内存 {memory}。</translation>
  </message>
  <message>
   <source>More options</source>
   <translation>更多选项</translation>
  </message>
  <message>
   <source>Recommended</source>
   <translation>推荐</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>设置</translation>
  </message>
  <message>
   <source>Takes the way that promises most for its time on this machine.</source>
   <translation>选用在这台电脑上最值得花时间的方法。</translation>
  </message>
  <message>
   <source>Takes “{method}”. {why}</source>
   <translation>选用“{method}”。{why}</translation>
  </message>
  <message>
   <source>The forecast was stopped. You can start without it.</source>
   <translation>预测已停止。没有预测也可以开始。</translation>
  </message>
  <message>
   <source>There is no forecast: {reason} You can start without it.</source>
   <translation>没有预测：{reason}没有预测也可以开始。</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>重试</translation>
  </message>
  <message>
   <source>Trying out what each way would take; half a minute at most</source>
   <translation>正在试算每种方法的代价，最多半分钟</translation>
  </message>
 </context>
 <context>
  <name>ModelView</name>
  <message>
   <source>&amp;Casemate pack (.casepack)…</source>
   <translation>Casemate 包 (.casepack)(&amp;C)…</translation>
  </message>
  <message>
   <source>&amp;ONNX folder, for onnxruntime…</source>
   <translation>ONNX 文件夹，用于 onnxruntime(&amp;O)…</translation>
  </message>
  <message>
   <source>&amp;PEFT folder, for Python…</source>
   <translation>PEFT 文件夹，用于 Python(&amp;P)…</translation>
  </message>
  <message>
   <source>Export</source>
   <translation>导出</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>导出…</translation>
  </message>
  <message>
   <source>Go back one version</source>
   <translation>退回上一版本</translation>
  </message>
  <message>
   <source>Labels</source>
   <translation>标签</translation>
  </message>
  <message>
   <source>Measured on texts or events that were held out</source>
   <translation>在未参与训练的文本或行为上测得</translation>
  </message>
  <message>
   <source>Model card</source>
   <translation>模型说明</translation>
  </message>
  <message>
   <source>PEFT folder (this skill has no adapter)</source>
   <translation>PEFT 文件夹（此技能没有适配器）</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>移除</translation>
  </message>
  <message>
   <source>The chosen model</source>
   <translation>所选模型</translation>
  </message>
  <message>
   <source>Verify</source>
   <translation>校验</translation>
  </message>
  <message>
   <source>bundled with Casemate</source>
   <translation>Casemate 自带</translation>
  </message>
  <message>
   <source>damaged</source>
   <translation>已损坏</translation>
  </message>
  <message>
   <source>intact</source>
   <translation>完好</translation>
  </message>
  <message>
   <source>signed</source>
   <translation>已签名</translation>
  </message>
  <message>
   <source>version {n}</source>
   <translation>版本 {n}</translation>
  </message>
 </context>
 <context>
  <name>ModelsTab</name>
  <message>
   <source>A folder as Hugging Face's programs write it (config.json, safetensors, tokenizer.json). It is turned into a GGUF file here.</source>
   <translation>Hugging Face 的程序写出的文件夹（config.json、safetensors、tokenizer.json）。会在本机转换成 GGUF 文件。</translation>
  </message>
  <message>
   <source>All its versions are deleted. The data it was trained on stays.</source>
   <translation>它的所有版本都会被删除。训练所用的数据会保留。</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Choose a folder for the export</source>
   <translation>选择导出文件夹</translation>
  </message>
  <message>
   <source>Choose a model's folder</source>
   <translation>选择模型文件夹</translation>
  </message>
  <message>
   <source>Damaged: {names}</source>
   <translation>已损坏：{names}</translation>
  </message>
  <message>
   <source>Every file is as it should be.</source>
   <translation>所有文件都完好。</translation>
  </message>
  <message>
   <source>Export all the same</source>
   <translation>仍然导出</translation>
  </message>
  <message>
   <source>Export the model</source>
   <translation>导出模型</translation>
  </message>
  <message>
   <source>Go back</source>
   <translation>退回</translation>
  </message>
  <message>
   <source>Go back to the version before?</source>
   <translation>退回上一版本？</translation>
  </message>
  <message>
   <source>Import a model</source>
   <translation>导入模型</translation>
  </message>
  <message>
   <source>Import a model's folder</source>
   <translation>导入模型文件夹</translation>
  </message>
  <message>
   <source>Keep</source>
   <translation>保留</translation>
  </message>
  <message>
   <source>Model packs ({types})</source>
   <translation>模型包 ({types})</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>模型</translation>
  </message>
  <message>
   <source>Models ({types})</source>
   <translation>模型（{types}）</translation>
  </message>
  <message>
   <source>No models yet</source>
   <translation>还没有模型</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>移除</translation>
  </message>
  <message>
   <source>Remove the model “{name}”?</source>
   <translation>移除模型“{name}”？</translation>
  </message>
  <message>
   <source>Teach Casemate on the pages Teach or Recommend, or import a model that somebody gave you.</source>
   <translation>可在“教学”或“推荐”页面教 Casemate，也可以导入别人给您的模型。</translation>
  </message>
  <message>
   <source>The chosen model</source>
   <translation>所选模型</translation>
  </message>
  <message>
   <source>The former version is in use.</source>
   <translation>已启用上一版本。</translation>
  </message>
  <message>
   <source>The model is imported.</source>
   <translation>模型已导入。</translation>
  </message>
  <message>
   <source>This file holds the behaviour of {people} people</source>
   <translation>此文件包含 {people} 个人的行为记录</translation>
  </message>
  <message>
   <source>Verify all</source>
   <translation>全部校验</translation>
  </message>
  <message>
   <source>Whoever opens it can see what each of them chose, under the names your data gives them. Hand it only to those who may know.</source>
   <translation>打开它的人能看到其中每个人选择过什么，并以您数据中的名称显示。请只交给有权知道的人。</translation>
  </message>
  <message>
   <source>Written to {file}.</source>
   <translation>已写入 {file}。</translation>
  </message>
  <message>
   <source>bundled</source>
   <translation>自带</translation>
  </message>
  <message>
   <source>damaged</source>
   <translation>已损坏</translation>
  </message>
  <message>
   <source>version {n}</source>
   <translation>版本 {n}</translation>
  </message>
  <message>
   <source>“{name}” will answer as its former version did. The present version stays stored.</source>
   <translation>“{name}”将按上一版本作答。当前版本仍会保存。</translation>
  </message>
 </context>
 <context>
  <name>MoreReport</name>
  <message>
   <source>Decided on the way</source>
   <translation>过程中的决定</translation>
  </message>
  <message>
   <source>For speed its numbers were rounded to 8 bits: {int8} right on held-back texts, {fp32} unrounded. The skill takes {size}.</source>
   <translation>为了速度，数字舍入为 8 位：在留出文本上正确率 {int8}，未舍入时为 {fp32}。技能占用 {size}。</translation>
  </message>
  <message numerus="yes">
   <source>Labels were left out while learning, and their texts played strangers: of %n such text(s) {share} were turned away, while 95% of the known ones were kept.</source>
   <translation>
    <numerusform>学习时有意去掉一些标签，用它们的文本充当陌生文本：在 %n 条这样的文本中，有 {share} 被拒绝回答，同时保留了 95% 的已知文本。</numerusform>
   </translation>
  </message>
  <message>
   <source>Made small</source>
   <translation>压缩之后</translation>
  </message>
  <message>
   <source>Marked parts are clearly below the whole ({whole}).</source>
   <translation>标出的部分明显低于整体（{whole}）。</translation>
  </message>
  <message>
   <source>Nothing was forgotten.</source>
   <translation>没有遗忘。</translation>
  </message>
  <message>
   <source>Number</source>
   <translation>条数</translation>
  </message>
  <message>
   <source>On the labels that it knew already it was {before} right, and is {after} right now.</source>
   <translation>在以前就会的标签上，原来的正确率是 {before}，现在是 {after}。</translation>
  </message>
  <message>
   <source>Results on changed texts</source>
   <translation>在改动过的文本上的结果</translation>
  </message>
  <message>
   <source>Right answers by part of the texts</source>
   <translation>各部分文本的正确率</translation>
  </message>
  <message>
   <source>Right answers on parts of the held-back texts, with their 95% interval.</source>
   <translation>留出的文本中各部分的正确率及其 95% 区间。</translation>
  </message>
  <message>
   <source>Right before</source>
   <translation>改动前正确率</translation>
  </message>
  <message>
   <source>Right then</source>
   <translation>改动后正确率</translation>
  </message>
  <message>
   <source>Rounding cost too much here, so the unrounded numbers are used.</source>
   <translation>这里舍入的损失太大，因此使用未舍入的数值。</translation>
  </message>
  <message>
   <source>Same answer</source>
   <translation>答案不变</translation>
  </message>
  <message>
   <source>Some of it was forgotten.</source>
   <translation>有一部分被遗忘了。</translation>
  </message>
  <message>
   <source>Texts</source>
   <translation>文本</translation>
  </message>
  <message>
   <source>Texts that belong to no label</source>
   <translation>不属于任何标签的文本</translation>
  </message>
  <message>
   <source>The held-back texts again, changed in ways that should not matter.</source>
   <translation>仍是留出的文本，但做了本不该影响判断的改动。</translation>
  </message>
  <message>
   <source>This is an estimate with a head on the unchanged encoder: the adapted layers were taught all labels, so none is strange to them. With its own scores the skill may do better or worse.</source>
   <translation>这是用不变编码器上的分类头得到的估计：调整过的层已学过所有标签，没有哪个标签对它们是陌生的。用技能自己的分数，结果可能更好，也可能更差。</translation>
  </message>
  <message>
   <source>Told apart with {auroc} certainty (AUROC; 50% would be chance).</source>
   <translation>区分能力 {auroc}（AUROC；50% 相当于瞎猜）。</translation>
  </message>
  <message>
   <source>What confuses it</source>
   <translation>什么会使它出错</translation>
  </message>
  <message>
   <source>What it knew before</source>
   <translation>以前学会的</translation>
  </message>
  <message>
   <source>Where it is better and worse</source>
   <translation>哪里好，哪里差</translation>
  </message>
  <message>
   <source>Whether a negation should change the answer depends on your labels, so it is not judged.</source>
   <translation>否定是否应当改变答案取决于您的标签，因此不作评判。</translation>
  </message>
  <message>
   <source>{share} ({low}–{high}) of {texts}</source>
   <translation>{texts} 条中 {share}（{low}–{high}）</translation>
  </message>
 </context>
 <context>
  <name>NameDialog</name>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Continue</source>
   <translation>继续</translation>
  </message>
  <message>
   <source>This name is taken already.</source>
   <translation>这个名称已被使用。</translation>
  </message>
 </context>
 <context>
  <name>NoDocuments</name>
  <message>
   <source>Add documents</source>
   <translation>添加文档</translation>
  </message>
  <message>
   <source>Add manuals, policies or questions with approved answers. Casemate answers from them and shows the page that each answer comes from. Nothing leaves this computer.</source>
   <translation>请添加手册、制度，或带有审定答案的问题。Casemate 据此回答，并显示每个回答出自哪一页。任何内容都不会离开这台电脑。</translation>
  </message>
  <message>
   <source>Ask your own documents</source>
   <translation>向您自己的文档提问</translation>
  </message>
  <message>
   <source>In a minute you can ask about the handbook of a clinic and the policies of a shop here, and see texts read and items recommended on the other pages.</source>
   <translation>一分钟后，您可以在这里询问一家诊所的手册和一家商店的规定，并在其他页面上查看文本识读和物品推荐。</translation>
  </message>
  <message>
   <source>Look at it with sample data</source>
   <translation>用示例数据看看</translation>
  </message>
  <message>
   <source>The samples are being loaded</source>
   <translation>正在载入示例</translation>
  </message>
 </context>
 <context>
  <name>OneFileTab</name>
  <message>
   <source>Choose a file…</source>
   <translation>选择文件…</translation>
  </message>
  <message>
   <source>Choose a table</source>
   <translation>选择表格</translation>
  </message>
  <message>
   <source>First rows of the file</source>
   <translation>文件的前几行</translation>
  </message>
  <message>
   <source>Tables ({patterns})</source>
   <translation>表格 ({patterns})</translation>
  </message>
 </context>
 <context>
  <name>OptionsPanel</name>
  <message>
   <source>A graphics card is used where there is one.</source>
   <translation>有显卡时使用显卡。</translation>
  </message>
  <message>
   <source>Add changed copies of texts of rare labels</source>
   <translation>为少见标签的文本添加改写的副本</translation>
  </message>
  <message>
   <source>Also learn from texts without labels</source>
   <translation>也从没有标签的文本学习</translation>
  </message>
  <message>
   <source>Apple graphics</source>
   <translation>Apple 图形处理器</translation>
  </message>
  <message>
   <source>Automatic</source>
   <translation>自动</translation>
  </message>
  <message>
   <source>Count every label the same, also rare ones</source>
   <translation>所有标签同等重要，包括少见的</translation>
  </message>
  <message>
   <source>Deeper is slower and can learn more.</source>
   <translation>越深越慢，能学到的也越多。</translation>
  </message>
  <message>
   <source>Doubt about every label (label smoothing)</source>
   <translation>对标签的怀疑（标签平滑）</translation>
  </message>
  <message>
   <source>Exam texts</source>
   <translation>考试用的文本</translation>
  </message>
  <message>
   <source>For texts with slips and odd spellings; takes twice as long.</source>
   <translation>适合有错字和特殊写法的文本；用时加倍。</translation>
  </message>
  <message>
   <source>Harden against small changes (FGM)</source>
   <translation>抵御微小改动（FGM）</translation>
  </message>
  <message>
   <source>Helps where labels are partly wrong.</source>
   <translation>适合部分标签有误的情况。</translation>
  </message>
  <message>
   <source>Hold back a part of the examples</source>
   <translation>留出一部分例子</translation>
  </message>
  <message>
   <source>How deep it changes the reader</source>
   <translation>调整阅读器的深度</translation>
  </message>
  <message>
   <source>It ends by itself when nothing more is gained.</source>
   <translation>不再有进步时会自动结束。</translation>
  </message>
  <message>
   <source>Its judgements are learned along with the labels.</source>
   <translation>除标签外，也学习它的判断。</translation>
  </message>
  <message>
   <source>Keep what the present version knows</source>
   <translation>保留当前版本学会的内容</translation>
  </message>
  <message>
   <source>Larger holds more and is learned more slowly.</source>
   <translation>越大容量越多，学得也越慢。</translation>
  </message>
  <message>
   <source>Learn from a larger skill (distillation)</source>
   <translation>向更大的技能学习（蒸馏）</translation>
  </message>
  <message>
   <source>NVIDIA graphics card</source>
   <translation>NVIDIA 显卡</translation>
  </message>
  <message>
   <source>No limit</source>
   <translation>不限</translation>
  </message>
  <message>
   <source>None</source>
   <translation>无</translation>
  </message>
  <message>
   <source>Off</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>Pace (learning rate)</source>
   <translation>学习速度（学习率）</translation>
  </message>
  <message>
   <source>Processor</source>
   <translation>处理器</translation>
  </message>
  <message>
   <source>Rounds at most</source>
   <translation>最多轮数</translation>
  </message>
  <message>
   <source>Search for better settings, in minutes</source>
   <translation>搜索更好的设置（分钟）</translation>
  </message>
  <message>
   <source>Seed of chance</source>
   <translation>随机种子</translation>
  </message>
  <message>
   <source>Size of the add-on (rank)</source>
   <translation>附加部分的大小（rank）</translation>
  </message>
  <message>
   <source>Texts that are held back to measure how good the skill is.</source>
   <translation>留出来测量技能好坏的文本。</translation>
  </message>
  <message>
   <source>The best state until then is kept.</source>
   <translation>保留到那时为止最好的状态。</translation>
  </message>
  <message>
   <source>The same number gives the same result again.</source>
   <translation>相同的数字会得到相同的结果。</translation>
  </message>
  <message numerus="yes">
   <source>The top %n layer(s)</source>
   <translation>
    <numerusform>最上面 %n 层</numerusform>
   </translation>
  </message>
  <message>
   <source>Those texts that the skill is sure of are learned too.</source>
   <translation>技能有把握的文本也会一起学习。</translation>
  </message>
  <message>
   <source>Time limit in minutes</source>
   <translation>时间上限（分钟）</translation>
  </message>
  <message>
   <source>Too fast forgets, too slow never arrives.</source>
   <translation>太快会遗忘，太慢学不完。</translation>
  </message>
  <message>
   <source>Tries pace, size, rounds and doubt, and takes the best.</source>
   <translation>尝试不同的速度、大小、轮数和怀疑程度，取最好的。</translation>
  </message>
  <message>
   <source>Where it runs</source>
   <translation>在哪里运行</translation>
  </message>
 </context>
 <context>
  <name>PackList</name>
  <message>
   <source>Cannot be used</source>
   <translation>无法使用</translation>
  </message>
  <message>
   <source>Learn from your data</source>
   <translation>从您的数据学习</translation>
  </message>
  <message>
   <source>Recommend with</source>
   <translation>使用的推荐器</translation>
  </message>
  <message>
   <source>Recommenders</source>
   <translation>推荐器</translation>
  </message>
  <message>
   <source>version {version} · {made}</source>
   <translation>第 {version} 版 · {made}</translation>
  </message>
 </context>
 <context>
  <name>Page</name>
  <message>
   <source>Activity</source>
   <translation>活动</translation>
  </message>
  <message>
   <source>Agents</source>
   <translation>坐席</translation>
  </message>
  <message>
   <source>Approved answers</source>
   <translation>审定答案</translation>
  </message>
  <message>
   <source>Audit log</source>
   <translation>审计日志</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Casemate learns from what people chose before and from the words that describe your items. Every suggestion says why it is there.</source>
   <translation>Casemate 从人们以往的选择和描述物品的文字中学习。每条推荐都说明理由。</translation>
  </message>
  <message>
   <source>Chat</source>
   <translation>问答</translation>
  </message>
  <message>
   <source>Data sets</source>
   <translation>数据集</translation>
  </message>
  <message>
   <source>Desk</source>
   <translation>客服台</translation>
  </message>
  <message>
   <source>Documents</source>
   <translation>文档</translation>
  </message>
  <message>
   <source>Everything here is encrypted and stays on this machine.</source>
   <translation>这里的一切都已加密，并且只保存在本机。</translation>
  </message>
  <message>
   <source>Figures</source>
   <translation>统计</translation>
  </message>
  <message>
   <source>File</source>
   <translation>文件</translation>
  </message>
  <message>
   <source>Finds {labels} · F1 {f1} on held-out texts · version {version}</source>
   <translation>查找 {labels} · 在留出的文本上 F1 {f1} · 第 {version} 版</translation>
  </message>
  <message>
   <source>For a file</source>
   <translation>按文件推荐</translation>
  </message>
  <message>
   <source>For a file of people</source>
   <translation>为名单推荐</translation>
  </message>
  <message>
   <source>For a person</source>
   <translation>为某人</translation>
  </message>
  <message>
   <source>From a history</source>
   <translation>根据历史</translation>
  </message>
  <message>
   <source>Go back</source>
   <translation>恢复</translation>
  </message>
  <message>
   <source>Go back to the version before?</source>
   <translation>恢复上一版本？</translation>
  </message>
  <message>
   <source>How good is it</source>
   <translation>效果如何</translation>
  </message>
  <message>
   <source>Jobs</source>
   <translation>任务</translation>
  </message>
  <message>
   <source>Label</source>
   <translation>标注</translation>
  </message>
  <message>
   <source>Labels of your own</source>
   <translation>自拟标签</translation>
  </message>
  <message>
   <source>Learn from your data</source>
   <translation>从您的数据学习</translation>
  </message>
  <message>
   <source>Learn recommendations</source>
   <translation>学习推荐</translation>
  </message>
  <message>
   <source>Library</source>
   <translation>资料室</translation>
  </message>
  <message>
   <source>List</source>
   <translation>列表</translation>
  </message>
  <message>
   <source>Looking in {collection}…</source>
   <translation>正在“{collection}”中查找…</translation>
  </message>
  <message>
   <source>Map</source>
   <translation>地图</translation>
  </message>
  <message>
   <source>Measure</source>
   <translation>测量</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>模型</translation>
  </message>
  <message>
   <source>Parts of the activity</source>
   <translation>活动的各部分</translation>
  </message>
  <message>
   <source>Parts of the desk</source>
   <translation>客服台的各个部分</translation>
  </message>
  <message>
   <source>Parts of the library</source>
   <translation>资料室的各部分</translation>
  </message>
  <message>
   <source>People answer what the documents do not, and every answer is kept.</source>
   <translation>文档答不上的由人工答复，每个答复都会保留。</translation>
  </message>
  <message>
   <source>Quality</source>
   <translation>效果如何</translation>
  </message>
  <message>
   <source>Queue</source>
   <translation>队列</translation>
  </message>
  <message>
   <source>Read</source>
   <translation>阅读</translation>
  </message>
  <message>
   <source>Recommend</source>
   <translation>推荐</translation>
  </message>
  <message>
   <source>Report</source>
   <translation>报告</translation>
  </message>
  <message>
   <source>Rules</source>
   <translation>规则</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>设置</translation>
  </message>
  <message>
   <source>Suggest what fits each person</source>
   <translation>为每个人推荐合适的物品</translation>
  </message>
  <message>
   <source>Teach</source>
   <translation>教学</translation>
  </message>
  <message>
   <source>Texts are compared with the words of your labels. Teaching from examples reads far better.</source>
   <translation>文本会与您标签中的词语比较。用例子教出来的技能会准确得多。</translation>
  </message>
  <message>
   <source>The look is yours alone; everything else belongs to this workspace.</source>
   <translation>外观只属于您；其余设置属于这个工作区。</translation>
  </message>
  <message>
   <source>The question waits to be labelled for {skill}.</source>
   <translation>问题已进入 {skill} 的标注队列。</translation>
  </message>
  <message>
   <source>The version before is in use again.</source>
   <translation>已重新使用上一版本。</translation>
  </message>
  <message>
   <source>This is a new conversation; the old one stays as it was.</source>
   <translation>这是一段新对话；原来的对话保持不变。</translation>
  </message>
  <message>
   <source>This skill came without a report.</source>
   <translation>此技能没有附带报告。</translation>
  </message>
  <message>
   <source>Try it</source>
   <translation>试一试</translation>
  </message>
  <message>
   <source>Versions</source>
   <translation>版本</translation>
  </message>
  <message>
   <source>What is running, what was done, and the record nobody can quietly change.</source>
   <translation>正在运行的、已经完成的，以及无人能悄悄改动的记录。</translation>
  </message>
  <message>
   <source>What to do with the skill</source>
   <translation>用此技能做什么</translation>
  </message>
  <message>
   <source>What to look at</source>
   <translation>查看内容</translation>
  </message>
  <message>
   <source>version {version}</source>
   <translation>第 {version} 版</translation>
  </message>
  <message>
   <source>version {version} · {labels}</source>
   <translation>第 {version} 版 · {labels}</translation>
  </message>
  <message>
   <source>{accuracy} right on held-out texts · version {version} · {labels}</source>
   <translation>在留出的文本上正确率 {accuracy} · 第 {version} 版 · {labels}</translation>
  </message>
  <message>
   <source>{name} is taught.</source>
   <translation>{name} 已经教好。</translation>
  </message>
  <message>
   <source>{name} is then read with the version before the present one. Nothing is deleted.</source>
   <translation>之后 {name} 将使用当前版本之前的版本。不会删除任何内容。</translation>
  </message>
  <message>
   <source>{people} people · {items} items · {events} events · version {version}</source>
   <translation>{people} 人 · {items} 件物品 · {events} 条行为 · 第 {version} 版</translation>
  </message>
 </context>
 <context>
  <name>PageDialog</name>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>The passage in its place</source>
   <translation>段落所在的位置</translation>
  </message>
 </context>
 <context>
  <name>PassphraseDialog</name>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Change passphrase</source>
   <translation>更改口令</translation>
  </message>
  <message>
   <source>Change the passphrase</source>
   <translation>更改口令</translation>
  </message>
  <message>
   <source>New passphrase</source>
   <translation>新口令</translation>
  </message>
  <message>
   <source>New passphrase again</source>
   <translation>再次输入新口令</translation>
  </message>
  <message>
   <source>Nobody can recover a forgotten passphrase. Write it down and keep it in a safe place.</source>
   <translation>忘记的口令任何人都无法找回。请写下来并妥善保管。</translation>
  </message>
  <message>
   <source>Present passphrase</source>
   <translation>当前口令</translation>
  </message>
  <message>
   <source>The passphrase needs at least {n} characters.</source>
   <translation>口令至少需要 {n} 个字符。</translation>
  </message>
  <message>
   <source>The two passphrases differ.</source>
   <translation>两次输入的口令不一致。</translation>
  </message>
 </context>
 <context>
  <name>PassphraseField</name>
  <message>
   <source>Hide the passphrase</source>
   <translation>隐藏口令</translation>
  </message>
  <message>
   <source>Show the passphrase</source>
   <translation>显示口令</translation>
  </message>
 </context>
 <context>
  <name>PersonTab</name>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Choose a person</source>
   <translation>请选择一个人</translation>
  </message>
  <message>
   <source>Every event of this person is removed from the data, and what was learned from them is learned anew without them. This cannot be undone.</source>
   <translation>此人的全部行为将从数据中删除，由此学到的内容会在没有此人的情况下重新学习。此操作无法撤销。</translation>
  </message>
  <message>
   <source>For {person}</source>
   <translation>为 {person} 推荐</translation>
  </message>
  <message>
   <source>Forget</source>
   <translation>遗忘</translation>
  </message>
  <message>
   <source>Forget this person…</source>
   <translation>遗忘此人…</translation>
  </message>
  <message>
   <source>Forget {person}?</source>
   <translation>遗忘 {person}？</translation>
  </message>
  <message>
   <source>Forgetting {person}</source>
   <translation>正在遗忘 {person}</translation>
  </message>
  <message>
   <source>Forget…</source>
   <translation>遗忘…</translation>
  </message>
  <message>
   <source>Items this person has not chosen yet, best first.</source>
   <translation>此人尚未选过的物品，最合适的在前。</translation>
  </message>
  <message>
   <source>Keep as shown</source>
   <translation>记为已展示</translation>
  </message>
  <message>
   <source>Kept as shown to {person}. Tick what they choose.</source>
   <translation>已记录为展示给 {person}。请勾选其选择的物品。</translation>
  </message>
  <message>
   <source>New in the list: {items}.</source>
   <translation>列表中新增：{items}。</translation>
  </message>
  <message>
   <source>No longer in it: {items}.</source>
   <translation>不再列出：{items}。</translation>
  </message>
  <message>
   <source>Record that the person was shown this list, to count what they choose from it</source>
   <translation>记录此人已看到这份列表，以便统计其从中选择了什么</translation>
  </message>
  <message>
   <source>Search people</source>
   <translation>搜索人员</translation>
  </message>
  <message>
   <source>Some places were left to chance; show them as they stand.</source>
   <translation>有些位置是随机的；请按原样展示。</translation>
  </message>
  <message>
   <source>The same items are in the list.</source>
   <translation>列表中的物品不变。</translation>
  </message>
  <message>
   <source>Their list appears here, with the reason for every item.</source>
   <translation>推荐列表会显示在这里，每件物品都附有理由。</translation>
  </message>
  <message>
   <source>There is nothing left to recommend to this person.</source>
   <translation>已经没有可向此人推荐的物品。</translation>
  </message>
  <message>
   <source>Tried without: {items}.</source>
   <translation>试着去掉：{items}。</translation>
  </message>
  <message numerus="yes">
   <source>{person} is forgotten: %n event(s) removed.</source>
   <translation>
    <numerusform>已遗忘 {person}：删除了 %n 条行为。</numerusform>
   </translation>
  </message>
  <message>
   <source>{title} is not shown to {person} again.</source>
   <translation>不会再向 {person} 展示 {title}。</translation>
  </message>
  <message>
   <source>{title} stands on top of every list now. The rules can be changed under Rules.</source>
   <translation>{title} 现在排在每份列表的最前面。可在“规则”中更改规则。</translation>
  </message>
 </context>
 <context>
  <name>PersonView</name>
  <message>
   <source>Answered by a person</source>
   <translation>由人工答复</translation>
  </message>
  <message>
   <source>Answered by {name}</source>
   <translation>由 {name} 答复</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>复制</translation>
  </message>
  <message>
   <source>The answer is on the clipboard.</source>
   <translation>回答已复制到剪贴板。</translation>
  </message>
 </context>
 <context>
  <name>Picker</name>
  <message numerus="yes">
   <source>%n event(s)</source>
   <translation>
    <numerusform>%n 条行为</numerusform>
   </translation>
  </message>
  <message>
   <source>Nothing found.</source>
   <translation>没有找到。</translation>
  </message>
  <message>
   <source>Nothing is known here yet.</source>
   <translation>这里还没有内容。</translation>
  </message>
 </context>
 <context>
  <name>PrecisionDial</name>
  <message>
   <source>Every text gets the likeliest label.</source>
   <translation>每条文本都得到最可能的标签。</translation>
  </message>
  <message>
   <source>How sure must an answer be?</source>
   <translation>判断须有多大把握？</translation>
  </message>
  <message>
   <source>Leave unsure texts to a person</source>
   <translation>把握不足的文本留给人工</translation>
  </message>
  <message>
   <source>Of these texts it answers {coverage} and is right {precision} of the time; {rest} are left to a person.</source>
   <translation>这些文本中它回答 {coverage}，正确率 {precision}；{rest} 留给人处理。</translation>
  </message>
  <message>
   <source>On held-out texts this answered {coverage} of them and was right {precision} of the time; {rest} are left to a person.</source>
   <translation>在留出的文本上，判断了其中的 {coverage}，正确率为 {precision}；其余 {rest} 留给人工。</translation>
  </message>
  <message>
   <source>On these texts it never was {wish} right (at most {best}): every text is left to a person.</source>
   <translation>在这些文本上它从未达到 {wish} 的正确率（最多 {best}）：所有文本都留给人处理。</translation>
  </message>
  <message>
   <source>This skill never was {wish} right on held-out texts (at most {best}): every text is left to a person.</source>
   <translation>该技能在留出的文本上从未达到 {wish} 的正确率（最高 {best}）：所有文本都留给人工。</translation>
  </message>
  <message>
   <source>What this costs is not known: the skill was not measured on held-out texts.</source>
   <translation>代价未知：该技能没有在留出的文本上测量过。</translation>
  </message>
 </context>
 <context>
  <name>ProfileForm</name>
  <message>
   <source>A skill taught on the Teach page tells what a message is about. Without one, the agent quotes alone.</source>
   <translation>在“教学”页教出的技能判断消息的意图。没有技能时，坐席只引用文档。</translation>
  </message>
  <message>
   <source>Add a rule</source>
   <translation>添加规则</translation>
  </message>
  <message>
   <source>Add a slot</source>
   <translation>添加信息项</translation>
  </message>
  <message>
   <source>Add an answer</source>
   <translation>添加回答</translation>
  </message>
  <message>
   <source>An approved answer for each intent; {order_number} in braces is filled with the slot of that name.</source>
   <translation>每个意图一条审定答案；花括号中的 {order_number} 会填入同名信息项。</translation>
  </message>
  <message>
   <source>Answer an intent from this certainty on</source>
   <translation>把握达到多少才按意图回答</translation>
  </message>
  <message>
   <source>Answers from</source>
   <translation>依据</translation>
  </message>
  <message>
   <source>Answers to intents</source>
   <translation>对意图的回答</translation>
  </message>
  <message>
   <source>As sure as the skill needs to be for 98 right answers of 100</source>
   <translation>把握达到技能百答九十八对所需的程度</translation>
  </message>
  <message>
   <source>Ask “do you want to …?” from this certainty on</source>
   <translation>把握达到多少才询问“您是想……吗？”</translation>
  </message>
  <message>
   <source>Below that, it asks “do you want to …?” when it is at least {share} sure; else it looks into the documents.</source>
   <translation>低于此时，把握至少 {share} 就询问“您是想……吗？”，否则去文档中查找。</translation>
  </message>
  <message>
   <source>Chinese</source>
   <translation>中文</translation>
  </message>
  <message>
   <source>Collection it answers from</source>
   <translation>依据哪个资料库回答</translation>
  </message>
  <message>
   <source>English</source>
   <translation>英文</translation>
  </message>
  <message>
   <source>Greeting</source>
   <translation>问候语</translation>
  </message>
  <message>
   <source>Greeting, in Chinese</source>
   <translation>问候语（中文）</translation>
  </message>
  <message>
   <source>Greeting, in English</source>
   <translation>问候语（英文）</translation>
  </message>
  <message>
   <source>Hand over what is not found in the documents</source>
   <translation>文档中找不到的转交人工</translation>
  </message>
  <message>
   <source>Help line, in Chinese</source>
   <translation>求助热线（中文）</translation>
  </message>
  <message>
   <source>Help line, in English</source>
   <translation>求助热线（英文）</translation>
  </message>
  <message>
   <source>In Chinese</source>
   <translation>中文</translation>
  </message>
  <message>
   <source>In English</source>
   <translation>英文</translation>
  </message>
  <message>
   <source>Intents</source>
   <translation>意图</translation>
  </message>
  <message>
   <source>Intents that are none of its business</source>
   <translation>不归它管的意图</translation>
  </message>
  <message>
   <source>It answers an intent when it is at least {share} sure.</source>
   <translation>把握至少 {share} 时，按意图回答。</translation>
  </message>
  <message>
   <source>Labels parted by commas</source>
   <translation>标签之间用逗号隔开</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>语言</translation>
  </message>
  <message>
   <source>Masked before anything is stored</source>
   <translation>存储之前先遮盖</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>名称</translation>
  </message>
  <message>
   <source>Name of the agent</source>
   <translation>坐席名称</translation>
  </message>
  <message>
   <source>Names and terms</source>
   <translation>名称和术语</translation>
  </message>
  <message>
   <source>No answers to intents: the agent answers from its documents.</source>
   <translation>没有对意图的回答：坐席依据文档作答。</translation>
  </message>
  <message>
   <source>No rules. An example: if the slot amount is more than 500, hand over to a person.</source>
   <translation>没有规则。例如：信息项 amount 大于 500 时，转交人工。</translation>
  </message>
  <message>
   <source>No slots: no answer needs anything from the customer.</source>
   <translation>没有信息项：任何答案都不需要客户提供信息。</translation>
  </message>
  <message>
   <source>None of its business</source>
   <translation>不归它管</translation>
  </message>
  <message>
   <source>Notice</source>
   <translation>提示</translation>
  </message>
  <message>
   <source>Notice below its answers</source>
   <translation>回答下方的提示</translation>
  </message>
  <message>
   <source>Reader that finds names and terms</source>
   <translation>查找名称和术语的阅读器</translation>
  </message>
  <message>
   <source>Rules</source>
   <translation>规则</translation>
  </message>
  <message>
   <source>Safety</source>
   <translation>安全</translation>
  </message>
  <message>
   <source>Said to people in distress beside warm words; Casemate knows no telephone numbers by itself.</source>
   <translation>对处于困境的人，在安慰之外告知；Casemate 自己不知道任何电话号码。</translation>
  </message>
  <message>
   <source>Skill that tells what is wanted</source>
   <translation>判断客户意图的技能</translation>
  </message>
  <message>
   <source>Slots</source>
   <translation>信息项</translation>
  </message>
  <message>
   <source>Slots are filled from the message; one that an answer needs and that is missing is asked for.</source>
   <translation>信息项从消息中填入；答案需要而缺少的，会向客户询问。</translation>
  </message>
  <message>
   <source>They come before the answers. The first one that applies decides.</source>
   <translation>规则先于回答。第一条符合的规则起作用。</translation>
  </message>
  <message>
   <source>What it answers</source>
   <translation>它如何回答</translation>
  </message>
  <message>
   <source>What it has to know</source>
   <translation>它需要知道什么</translation>
  </message>
  <message>
   <source>What it understands</source>
   <translation>它能听懂什么</translation>
  </message>
  <message>
   <source>Who and where</source>
   <translation>身份与资料</translation>
  </message>
  <message>
   <source>as the customer writes</source>
   <translation>随客户的语言</translation>
  </message>
  <message>
   <source>legal: no advice of a lawyer</source>
   <translation>法律：不构成律师意见</translation>
  </message>
  <message>
   <source>medical: no advice of a doctor</source>
   <translation>医疗：不构成医生建议</translation>
  </message>
  <message>
   <source>none</source>
   <translation>无</translation>
  </message>
 </context>
 <context>
  <name>ProfilesTab</name>
  <message>
   <source>Agents</source>
   <translation>坐席</translation>
  </message>
  <message>
   <source>Agents (*.json)</source>
   <translation>坐席文件 (*.json)</translation>
  </message>
  <message>
   <source>An agent answers from one collection with intents, slots, rules and words of its own. Chat offers it beside the collections.</source>
   <translation>坐席依据一个资料库作答，有自己的意图、信息项、规则和用语。“对话”中可与资料库并列选择。</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Conversation tests (*.txt *.md);;All files (*)</source>
   <translation>对话测试 (*.txt *.md);;所有文件 (*)</translation>
  </message>
  <message>
   <source>Conversations to test with</source>
   <translation>用于测试的对话</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>删除</translation>
  </message>
  <message>
   <source>Delete the agent “{name}”?</source>
   <translation>删除坐席“{name}”？</translation>
  </message>
  <message>
   <source>Delete…</source>
   <translation>删除…</translation>
  </message>
  <message>
   <source>Its collection, documents and conversations stay.</source>
   <translation>它的资料库、文档和对话会保留。</translation>
  </message>
  <message>
   <source>Keep</source>
   <translation>保留</translation>
  </message>
  <message>
   <source>Leave</source>
   <translation>离开</translation>
  </message>
  <message>
   <source>Leave without saving?</source>
   <translation>不保存就离开？</translation>
  </message>
  <message>
   <source>New agent</source>
   <translation>新建坐席</translation>
  </message>
  <message>
   <source>No agents yet</source>
   <translation>还没有坐席</translation>
  </message>
  <message>
   <source>Open an agent</source>
   <translation>打开坐席</translation>
  </message>
  <message>
   <source>Open from a file…</source>
   <translation>从文件打开…</translation>
  </message>
  <message>
   <source>Replace</source>
   <translation>替换</translation>
  </message>
  <message>
   <source>Replace the agent “{name}”?</source>
   <translation>替换坐席“{name}”？</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>保存</translation>
  </message>
  <message>
   <source>Save the agent first.</source>
   <translation>请先保存坐席。</translation>
  </message>
  <message>
   <source>Saved. Chat offers it now.</source>
   <translation>已保存，“对话”中现在可以选择它。</translation>
  </message>
  <message>
   <source>Stay</source>
   <translation>留下</translation>
  </message>
  <message>
   <source>Test conversations…</source>
   <translation>测试对话…</translation>
  </message>
  <message>
   <source>The agent</source>
   <translation>坐席</translation>
  </message>
  <message>
   <source>The changes to this agent are lost.</source>
   <translation>对这个坐席的改动将丢失。</translation>
  </message>
  <message>
   <source>There is an agent of this name already.</source>
   <translation>已有同名的坐席。</translation>
  </message>
 </context>
 <context>
  <name>ProgressStrip</name>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Stopping…</source>
   <translation>正在停止…</translation>
  </message>
  <message>
   <source>a few seconds left</source>
   <translation>还剩几秒</translation>
  </message>
  <message>
   <source>about {n} h left</source>
   <translation>大约还剩 {n} 小时</translation>
  </message>
  <message>
   <source>about {n} min left</source>
   <translation>大约还剩 {n} 分钟</translation>
  </message>
  <message>
   <source>about {n} s left</source>
   <translation>大约还剩 {n} 秒</translation>
  </message>
 </context>
 <context>
  <name>QualityView</name>
  <message>
   <source>Beside simple methods</source>
   <translation>与简单方法比较</translation>
  </message>
  <message>
   <source>Events</source>
   <translation>行为</translation>
  </message>
  <message>
   <source>Items</source>
   <translation>物品</translation>
  </message>
  <message>
   <source>Its lists are as good as those of the best simple method ({name}).</source>
   <translation>它的列表与最好的简单方法（{name}）不相上下。</translation>
  </message>
  <message>
   <source>Its lists are {gain} better than those of the best simple method ({name}).</source>
   <translation>它的列表比最好的简单方法（{name}）好 {gain}。</translation>
  </message>
  <message>
   <source>Its lists are {loss} behind those of the best simple method ({name}): more events would help.</source>
   <translation>它的列表比最好的简单方法（{name}）差 {loss}：更多行为数据会有帮助。</translation>
  </message>
  <message>
   <source>Learned in</source>
   <translation>学习用时</translation>
  </message>
  <message>
   <source>NDCG@10 of every method</source>
   <translation>各方法的 NDCG@10</translation>
  </message>
  <message>
   <source>NDCG@10: how high in the first ten the hidden choices stand; 1 would be all of them on top.
Recall@10: how many of the hidden choices are among the first ten.
Coverage: how much of the catalogue appears in anybody's list.</source>
   <translation>NDCG@10：被藏起的选择在前十名中排得多靠前；1 表示全部排在最前。
Recall@10：被藏起的选择中有多少进入前十名。
覆盖率：目录中有多少物品出现在某个人的列表里。</translation>
  </message>
  <message>
   <source>No simple method found any of the hidden choices.</source>
   <translation>没有一种简单方法找到被藏起的选择。</translation>
  </message>
  <message>
   <source>Part of what each person chose was hidden; then all items were ranked for them.</source>
   <translation>先藏起每个人选过的一部分物品，再为其对全部物品排序。</translation>
  </message>
  <message>
   <source>People</source>
   <translation>人数</translation>
  </message>
  <message>
   <source>Quality by parts of the people and of the items</source>
   <translation>按人群和商品分组的质量</translation>
  </message>
  <message>
   <source>The same lists, by how much a person had chosen and by how well the hidden items were known.</source>
   <translation>同样的列表，按每个人选过多少、隐藏商品有多为人所知分组。</translation>
  </message>
  <message>
   <source>There were too few events to measure this recommender.</source>
   <translation>行为数据太少，无法衡量此推荐器。</translation>
  </message>
  <message>
   <source>This recommender beside simple methods</source>
   <translation>此推荐器与简单方法的比较</translation>
  </message>
  <message>
   <source>Where it is good and where not</source>
   <translation>哪里好，哪里不好</translation>
  </message>
  <message>
   <source>{seconds} s</source>
   <translation>{seconds} 秒</translation>
  </message>
 </context>
 <context>
  <name>QuestionView</name>
  <message>
   <source>Ask this in other words</source>
   <translation>换一种说法问</translation>
  </message>
  <message>
   <source>Branch from here: a new conversation with everything said before this question</source>
   <translation>从这里分支：新建一段对话，带上这个问题之前的全部内容</translation>
  </message>
  <message>
   <source>Your question</source>
   <translation>您的问题</translation>
  </message>
 </context>
 <context>
  <name>QueueList</name>
  <message>
   <source>All reasons ({count})</source>
   <translation>所有原因（{count}）</translation>
  </message>
  <message>
   <source>Choose a reason to see others.</source>
   <translation>选择一个原因可查看其他问题。</translation>
  </message>
  <message>
   <source>Learn from the answers…</source>
   <translation>从答复中学习…</translation>
  </message>
  <message>
   <source>No question of this kind.</source>
   <translation>没有这一类问题。</translation>
  </message>
  <message>
   <source>Questions for a person</source>
   <translation>等待人工的问题</translation>
  </message>
  <message>
   <source>Questions with an intent become examples for the Teach page.</source>
   <translation>带有意图的问题会成为“教学”页的样例。</translation>
  </message>
  <message>
   <source>Show more</source>
   <translation>显示更多</translation>
  </message>
  <message>
   <source>Which questions are listed</source>
   <translation>列出哪些问题</translation>
  </message>
  <message>
   <source>Why they wait</source>
   <translation>等待的原因</translation>
  </message>
  <message numerus="yes">
   <source>asked %n time(s)</source>
   <translation>
    <numerusform>问了 %n 次</numerusform>
   </translation>
  </message>
  <message>
   <source>{listed} of {total} are listed.</source>
   <translation>已列出 {listed} 个，共 {total} 个。</translation>
  </message>
 </context>
 <context>
  <name>QueueTab</name>
  <message numerus="yes">
   <source>%n example(s) are in the data set {name}.</source>
   <translation>
    <numerusform>数据集 {name} 中有 %n 个样例。</numerusform>
   </translation>
  </message>
  <message>
   <source>Answered, and kept as an approved answer.</source>
   <translation>已答复，并保存为审定答案。</translation>
  </message>
  <message>
   <source>Answered.</source>
   <translation>已答复。</translation>
  </message>
  <message>
   <source>Choose a question</source>
   <translation>选择一个问题</translation>
  </message>
  <message>
   <source>Data set</source>
   <translation>数据集</translation>
  </message>
  <message>
   <source>Dismissed.</source>
   <translation>未予答复。</translation>
  </message>
  <message>
   <source>Learn from the answers</source>
   <translation>从答复中学习</translation>
  </message>
  <message>
   <source>Nothing waits for a person</source>
   <translation>没有等待人工的问题</translation>
  </message>
  <message>
   <source>Open in Chat</source>
   <translation>在“对话”中打开</translation>
  </message>
  <message>
   <source>Questions come here that were not answered, were rated wrong, or that a rule or a person sends here.</source>
   <translation>没有得到回答、被评为错误，或由规则、人员转来的问题会出现在这里。</translation>
  </message>
  <message>
   <source>Questions that got an intent here, corrections from Chat, and questions whose answer was rated right become examples of a data set. A skill can be taught with it on the Teach page.</source>
   <translation>在这里指定了意图的问题、对话中的更正，以及答案被评为正确的问题，会成为一个数据集的样例，可在“教学”页用来教技能。</translation>
  </message>
  <message>
   <source>The answer is kept as an approved answer.</source>
   <translation>该答复已保存为审定答案。</translation>
  </message>
  <message>
   <source>The conversation is shown here. Up and Down move through the list, Enter goes to the answer.</source>
   <translation>对话会显示在这里。用上下键浏览列表，按 Enter 转到答复。</translation>
  </message>
  <message>
   <source>Your answer</source>
   <translation>您的答复</translation>
  </message>
  <message>
   <source>desk-questions</source>
   <translation>客服台问题</translation>
  </message>
  <message>
   <source>{state} by {owner}, {when}.</source>
   <translation>{state}，{owner}，{when}。</translation>
  </message>
  <message>
   <source>{state}, {when}.</source>
   <translation>{state}，{when}。</translation>
  </message>
  <message>
   <source>{when} · {collection} · {title}</source>
   <translation>{when} · {collection} · {title}</translation>
  </message>
 </context>
 <context>
  <name>QuickReplies</name>
  <message>
   <source>Answer “{words}”</source>
   <translation>回答“{words}”</translation>
  </message>
  <message>
   <source>No</source>
   <translation>不是</translation>
  </message>
  <message>
   <source>Yes</source>
   <translation>是的</translation>
  </message>
 </context>
 <context>
  <name>Rail</name>
  <message>
   <source>Activity</source>
   <translation>活动</translation>
  </message>
  <message>
   <source>Chat</source>
   <translation>对话</translation>
  </message>
  <message>
   <source>Desk</source>
   <translation>客服台</translation>
  </message>
  <message>
   <source>Library</source>
   <translation>资料室</translation>
  </message>
  <message>
   <source>Lock</source>
   <translation>锁定</translation>
  </message>
  <message>
   <source>Pages</source>
   <translation>页数</translation>
  </message>
  <message>
   <source>Read</source>
   <translation>阅读</translation>
  </message>
  <message>
   <source>Recommend</source>
   <translation>推荐</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>设置</translation>
  </message>
  <message>
   <source>Teach</source>
   <translation>教学</translation>
  </message>
 </context>
 <context>
  <name>RankedCard</name>
  <message>
   <source>Always show this on top</source>
   <translation>总是排在最前</translation>
  </message>
  <message>
   <source>Dismiss {title}</source>
   <translation>拒绝 {title}</translation>
  </message>
  <message>
   <source>Do not show this again</source>
   <translation>不再显示</translation>
  </message>
  <message>
   <source>Items similar to {title}</source>
   <translation>与 {title} 相似的物品</translation>
  </message>
  <message>
   <source>Not shown again</source>
   <translation>不再展示</translation>
  </message>
  <message>
   <source>Picture of {title}</source>
   <translation>{title}的图片</translation>
  </message>
  <message>
   <source>Pin {title}</source>
   <translation>置顶 {title}</translation>
  </message>
  <message>
   <source>Similar</source>
   <translation>相似</translation>
  </message>
  <message>
   <source>Strength beside the first item</source>
   <translation>与第一件相比的强度</translation>
  </message>
  <message>
   <source>Strength beside the first item: {share}</source>
   <translation>与第一件相比的强度：{share}</translation>
  </message>
  <message>
   <source>They chose it</source>
   <translation>已选择</translation>
  </message>
  <message>
   <source>They chose this</source>
   <translation>此人选择了它</translation>
  </message>
  <message>
   <source>{title} was chosen</source>
   <translation>已选择 {title}</translation>
  </message>
 </context>
 <context>
  <name>RankedPane</name>
  <message>
   <source>Alike</source>
   <translation>相近</translation>
  </message>
  <message>
   <source>Back to the list</source>
   <translation>返回列表</translation>
  </message>
  <message>
   <source>Chosen by the same people, or described in a similar way.</source>
   <translation>被相同的人选择，或说明相近。</translation>
  </message>
  <message>
   <source>Chosen together</source>
   <translation>常被同选</translation>
  </message>
  <message>
   <source>Chosen together with {title}</source>
   <translation>常与 {title} 同选</translation>
  </message>
  <message>
   <source>Counted over everybody who chose it.</source>
   <translation>按选择过它的所有人统计。</translation>
  </message>
  <message>
   <source>Nothing similar is known.</source>
   <translation>没有已知的相似物品。</translation>
  </message>
  <message>
   <source>Recommended items</source>
   <translation>推荐的物品</translation>
  </message>
  <message>
   <source>Show more</source>
   <translation>显示更多</translation>
  </message>
  <message>
   <source>Similar to {title}</source>
   <translation>与 {title} 相似</translation>
  </message>
  <message>
   <source>Too few people chose it to tell.</source>
   <translation>选择过它的人太少，看不出来。</translation>
  </message>
  <message>
   <source>Which items go with it</source>
   <translation>与它相配的物品</translation>
  </message>
  <message>
   <source>{note} On the way from: {steps}</source>
   <translation>{note}沿途经过：{steps}</translation>
  </message>
 </context>
 <context>
  <name>ReadyToAsk</name>
  <message numerus="yes">
   <source>%n approved answer(s)</source>
   <translation>
    <numerusform>%n 条审定答案</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n document(s)</source>
   <translation>
    <numerusform>%n 份文档</numerusform>
   </translation>
  </message>
  <message>
   <source>Answers come from {documents} and {answers} in {name}.</source>
   <translation>回答来自“{name}”中的 {documents}和 {answers}。</translation>
  </message>
  <message>
   <source>Answers come from {documents} in {name}.</source>
   <translation>回答来自“{name}”中的 {documents}。</translation>
  </message>
  <message>
   <source>What do you want to know?</source>
   <translation>您想了解什么？</translation>
  </message>
 </context>
 <context>
  <name>Recommend</name>
  <message>
   <source>All other items</source>
   <translation>其余商品</translation>
  </message>
  <message>
   <source>By lot</source>
   <translation>随机</translation>
  </message>
  <message>
   <source>Chosen together</source>
   <translation>常被同选</translation>
  </message>
  <message>
   <source>Coverage</source>
   <translation>覆盖率</translation>
  </message>
  <message>
   <source>Described alike</source>
   <translation>说明相近</translation>
  </message>
  <message>
   <source>EASE: a linear model of all choices</source>
   <translation>EASE：全部选择的线性模型</translation>
  </message>
  <message>
   <source>Item-kNN: what was chosen together</source>
   <translation>Item-kNN：常被一起选择的物品</translation>
  </message>
  <message>
   <source>Items that few had chosen</source>
   <translation>很少有人选过的商品</translation>
  </message>
  <message>
   <source>Items that nobody had chosen</source>
   <translation>还没有人选过的商品</translation>
  </message>
  <message>
   <source>MRR {mrr}: 1 would be a hidden choice at the top of every list.</source>
   <translation>MRR {mrr}：若每个列表的第一项都是隐藏的选择，则为 1。</translation>
  </message>
  <message>
   <source>Method</source>
   <translation>方法</translation>
  </message>
  <message>
   <source>NDCG@10 lies between {low} and {high} with 95 % certainty.</source>
   <translation>NDCG@10 有 95% 的把握在 {low} 与 {high} 之间。</translation>
  </message>
  <message>
   <source>Order: what came after the last choices</source>
   <translation>顺序：在最近的选择之后出现的</translation>
  </message>
  <message>
   <source>Part</source>
   <translation>分组</translation>
  </message>
  <message>
   <source>People</source>
   <translation>人数</translation>
  </message>
  <message>
   <source>People that it does not know</source>
   <translation>它不认识的人</translation>
  </message>
  <message>
   <source>People with {low} choices or more</source>
   <translation>选过 {low} 件及以上的人</translation>
  </message>
  <message>
   <source>People with {low} to {high} choices</source>
   <translation>选过 {low} 到 {high} 件的人</translation>
  </message>
  <message>
   <source>Pinned</source>
   <translation>置顶</translation>
  </message>
  <message>
   <source>Popular</source>
   <translation>热门</translation>
  </message>
  <message>
   <source>Popularity: the same list for everybody</source>
   <translation>热门：人人相同的列表</translation>
  </message>
  <message>
   <source>Simple method</source>
   <translation>简单方法</translation>
  </message>
  <message>
   <source>Text: items that are described alike</source>
   <translation>文本：说明相近的物品</translation>
  </message>
  <message>
   <source>The best-known items</source>
   <translation>最热门的商品</translation>
  </message>
  <message>
   <source>This recommender</source>
   <translation>此推荐器</translation>
  </message>
  <message>
   <source>Typically a listed item was chosen by {share} of the people; listed items are {times} times as popular as what people choose.</source>
   <translation>列出的商品通常有 {share} 的人选过；其热门程度是人们实际所选商品的 {times} 倍。</translation>
  </message>
  <message>
   <source>Variety within a list: {share}.</source>
   <translation>列表内的多样性：{share}。</translation>
  </message>
  <message>
   <source>iALS: hidden tastes of people and items</source>
   <translation>iALS：人和物品的潜在偏好</translation>
  </message>
 </context>
 <context>
  <name>Refused</name>
  <message>
   <source>Refused rows: {count}</source>
   <translation>被拒绝的行：{count}</translation>
  </message>
  <message>
   <source>line {line}: {reason}</source>
   <translation>第 {line} 行：{reason}</translation>
  </message>
 </context>
 <context>
  <name>RefusedPart</name>
  <message>
   <source>File</source>
   <translation>文件</translation>
  </message>
  <message>
   <source>Files that cannot be read are listed here, each with its reason.</source>
   <translation>无法读取的文件会列在这里，并注明原因。</translation>
  </message>
  <message>
   <source>Files that were left out</source>
   <translation>未收录的文件</translation>
  </message>
  <message>
   <source>No file was left out</source>
   <translation>没有未收录的文件</translation>
  </message>
  <message>
   <source>Reason</source>
   <translation>原因</translation>
  </message>
  <message>
   <source>State</source>
   <translation>状态</translation>
  </message>
  <message>
   <source>When</source>
   <translation>时间</translation>
  </message>
 </context>
 <context>
  <name>ReportStep</name>
  <message>
   <source>A report comes with every training: how good the skill is, on texts that it did not learn from.</source>
   <translation>每次训练都附有报告：说明技能在没有学过的文本上有多好。</translation>
  </message>
  <message>
   <source>No report yet</source>
   <translation>还没有报告</translation>
  </message>
  <message>
   <source>PDF for printing (*.pdf)</source>
   <translation>用于打印的 PDF (*.pdf)</translation>
  </message>
  <message>
   <source>Save the report</source>
   <translation>保存报告</translation>
  </message>
  <message>
   <source>Save the report…</source>
   <translation>保存报告…</translation>
  </message>
  <message>
   <source>The report is in {file}.</source>
   <translation>报告已保存到 {file}。</translation>
  </message>
  <message>
   <source>Version {version} · {method}{term} · {time} · up to {memory} of memory</source>
   <translation>第 {version} 版 · {method}{term} · {time} · 最多用内存 {memory}</translation>
  </message>
  <message>
   <source>Web page (*.html)</source>
   <translation>网页 (*.html)</translation>
  </message>
 </context>
 <context>
  <name>ReportView</name>
  <message>
   <source>95% interval: {low} to {high}</source>
   <translation>95% 区间：{low} 至 {high}</translation>
  </message>
  <message>
   <source>AUC</source>
   <translation>AUC</translation>
  </message>
  <message>
   <source>Answered</source>
   <translation>判断为</translation>
  </message>
  <message>
   <source>Asked to be 95% right, it answers {coverage} of the texts and leaves the rest to a person.</source>
   <translation>要求 95% 正确时，它判断 {coverage} 的文本，其余留给人工。</translation>
  </message>
  <message>
   <source>Calibration error</source>
   <translation>校准误差</translation>
  </message>
  <message numerus="yes">
   <source>Cross-validated on %n text(s).</source>
   <translation>
    <numerusform>在 %n 条文本上交叉验证。</numerusform>
   </translation>
  </message>
  <message>
   <source>F1</source>
   <translation>F1</translation>
  </message>
  <message>
   <source>How often answers are right, by the score they were given</source>
   <translation>按给出的分数，回答正确的比例</translation>
  </message>
  <message>
   <source>How often answers are right, by the share of texts answered</source>
   <translation>判断正确率随给出判断的文本比例的变化</translation>
  </message>
  <message>
   <source>Its label</source>
   <translation>原标签</translation>
  </message>
  <message>
   <source>Label</source>
   <translation>标签</translation>
  </message>
  <message>
   <source>Label by label</source>
   <translation>逐个标签</translation>
  </message>
  <message>
   <source>Look here first: often the example has the wrong label.</source>
   <translation>先看这里：往往是例子本身标错了。</translation>
  </message>
  <message>
   <source>Macro F1</source>
   <translation>宏平均 F1</translation>
  </message>
  <message>
   <source>Most confident mistakes</source>
   <translation>最自信的错误</translation>
  </message>
  <message>
   <source>No share of the held-out texts was read 95% right: more or clearer examples would help.</source>
   <translation>留出的文本中没有哪部分达到 95% 的正确率：更多或更清楚的例子会有帮助。</translation>
  </message>
  <message>
   <source>On the dashed line scores come true. Below it the skill is too sure of itself, above it too modest.</source>
   <translation>落在虚线上表示分数与实际一致；低于虚线表示过于自信，高于虚线表示过于保守。</translation>
  </message>
  <message>
   <source>Precision</source>
   <translation>精确率</translation>
  </message>
  <message>
   <source>Precision: how many texts given a label have it. Recall: how many that have it were given it.</source>
   <translation>精确率：被判为某标签的文本中确属该标签的比例。召回率：确属该标签的文本中被找出的比例。</translation>
  </message>
  <message>
   <source>Recall</source>
   <translation>召回率</translation>
  </message>
  <message>
   <source>Results per label</source>
   <translation>各标签的结果</translation>
  </message>
  <message>
   <source>Right answers</source>
   <translation>判断正确</translation>
  </message>
  <message>
   <source>Rows are the true labels, columns the answers. Choose a cell to see what was confused.</source>
   <translation>行是真实标签，列是判断结果。点选一格即可查看混淆的内容。</translation>
  </message>
  <message>
   <source>Score</source>
   <translation>分数</translation>
  </message>
  <message>
   <source>Text</source>
   <translation>文本</translation>
  </message>
  <message>
   <source>Texts</source>
   <translation>文本数</translation>
  </message>
  <message>
   <source>Texts cross-validated</source>
   <translation>交叉验证的文本</translation>
  </message>
  <message>
   <source>Texts held out</source>
   <translation>留出的文本</translation>
  </message>
  <message>
   <source>Texts measured on</source>
   <translation>测量所用文本</translation>
  </message>
  <message>
   <source>The fewer texts are answered, the more of the answers are right.</source>
   <translation>判断的文本越少，判断越准。</translation>
  </message>
  <message>
   <source>What certainty costs</source>
   <translation>把握的代价</translation>
  </message>
  <message>
   <source>What is taken for what</source>
   <translation>什么被当成了什么</translation>
  </message>
  <message>
   <source>Whether its scores can be believed</source>
   <translation>分数是否可信</translation>
  </message>
  <message>
   <source>every label counts the same</source>
   <translation>每个标签同等计算</translation>
  </message>
  <message>
   <source>how far scores are from what comes true</source>
   <translation>分数与实际结果的差距</translation>
  </message>
  <message>
   <source>how surely the two labels are told apart; 50% would be chance</source>
   <translation>区分两个标签的把握；50% 为随机</translation>
  </message>
  <message>
   <source>in turn: read by a skill that was not taught with them</source>
   <translation>轮流留出：由没有学过它们的技能来读</translation>
  </message>
  <message>
   <source>score told</source>
   <translation>给出的分数</translation>
  </message>
  <message>
   <source>share of answers that are right</source>
   <translation>判断正确的比例</translation>
  </message>
  <message>
   <source>share of texts answered</source>
   <translation>给出判断的文本比例</translation>
  </message>
  <message>
   <source>taught with {number}</source>
   <translation>用 {number} 条教会</translation>
  </message>
  <message>
   <source>{before} before calibration</source>
   <translation>校准前为 {before}</translation>
  </message>
 </context>
 <context>
  <name>RestoreDialog</name>
  <message>
   <source>Backup file</source>
   <translation>备份文件</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Choose a backup</source>
   <translation>选择备份</translation>
  </message>
  <message>
   <source>Choose…</source>
   <translation>选择…</translation>
  </message>
  <message>
   <source>Everything that was added after the backup will be missing.</source>
   <translation>备份之后添加的内容都将缺失。</translation>
  </message>
  <message>
   <source>Passphrase of the backup</source>
   <translation>备份的口令</translation>
  </message>
  <message>
   <source>Restore</source>
   <translation>恢复</translation>
  </message>
  <message>
   <source>Restore a backup</source>
   <translation>恢复备份</translation>
  </message>
  <message>
   <source>The backup is checked first. The present workspace file is kept beside it under a dated name.</source>
   <translation>会先检查备份。当前的工作区文件会以带日期的名称保留在旁边。</translation>
  </message>
 </context>
 <context>
  <name>ResultView</name>
  <message>
   <source>Answered</source>
   <translation>已判断</translation>
  </message>
  <message>
   <source>Closest label</source>
   <translation>最接近的标签</translation>
  </message>
  <message>
   <source>Left to a person</source>
   <translation>留给人工</translation>
  </message>
  <message>
   <source>Not sure enough</source>
   <translation>把握不足</translation>
  </message>
  <message>
   <source>Scores of the likeliest labels</source>
   <translation>最可能的标签的分数</translation>
  </message>
  <message>
   <source>The likeliest label is “{label}” with {score}, but an answer needs {threshold} to be as often right as you asked for.</source>
   <translation>最可能的标签是“{label}”（{score}），但要达到您要求的正确率，需要 {threshold}。</translation>
  </message>
  <message>
   <source>The likeliest label is “{label}” with {score}, but no score promises to be as often right as you asked for.</source>
   <translation>最可能的标签是“{label}”（{score}），但没有任何分数能保证达到您要求的正确率。</translation>
  </message>
  <message>
   <source>This should be…</source>
   <translation>应该是…</translation>
  </message>
  <message>
   <source>Why?</source>
   <translation>为什么？</translation>
  </message>
  <message>
   <source>Without teaching, the scores only put the labels in order; how often they are right is not known.</source>
   <translation>未经教学时，分数只用来给标签排序；判断的正确率未知。</translation>
  </message>
  <message>
   <source>You said: {label}</source>
   <translation>您说：{label}</translation>
  </message>
  <message>
   <source>{score} sure. About that share of the texts read this sure are right.</source>
   <translation>把握 {score}。有这样把握的判断，大约有同样比例是正确的。</translation>
  </message>
 </context>
 <context>
  <name>RowsEditor</name>
  <message>
   <source>Move down</source>
   <translation>下移</translation>
  </message>
  <message>
   <source>Move up</source>
   <translation>上移</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>移除</translation>
  </message>
 </context>
 <context>
  <name>RulesView</name>
  <message numerus="yes">
   <source>%n year(s) or younger</source>
   <translation>
    <numerusform>%n 岁及以下</numerusform>
   </translation>
  </message>
  <message>
   <source>About</source>
   <translation>关于</translation>
  </message>
  <message>
   <source>Add</source>
   <translation>添加</translation>
  </message>
  <message>
   <source>Always on top</source>
   <translation>总在最前</translation>
  </message>
  <message>
   <source>At most of one category</source>
   <translation>同一类别最多几件</translation>
  </message>
  <message>
   <source>Different items</source>
   <translation>物品多样</translation>
  </message>
  <message>
   <source>How much a list avoids items that are like those above them.</source>
   <translation>列表在多大程度上避开与前面相似的物品。</translation>
  </message>
  <message>
   <source>Items for older people are left out. Items without an age are shown.</source>
   <translation>略去适合更大年龄的物品。没有注明年龄的物品会展示。</translation>
  </message>
  <message>
   <source>Items that no list shows: {count}.</source>
   <translation>任何列表都不展示的物品：{count} 件。</translation>
  </message>
  <message>
   <source>Items whose stock is used up are left out.</source>
   <translation>略去已售完的物品。</translation>
  </message>
  <message>
   <source>Its items are not shown, and do not count for what a person likes.</source>
   <translation>不展示其中的物品，也不用它们判断一个人的喜好。</translation>
  </message>
  <message>
   <source>Kind of rule</source>
   <translation>规则种类</translation>
  </message>
  <message>
   <source>Never show</source>
   <translation>从不展示</translation>
  </message>
  <message>
   <source>No</source>
   <translation>不是</translation>
  </message>
  <message>
   <source>No list has more items of one main category than this.</source>
   <translation>每份列表中同一主类别的物品不超过这个数。</translation>
  </message>
  <message>
   <source>No rules: every list goes by what people chose and by the texts alone.</source>
   <translation>没有规则：每份列表只依据人们的选择和文字。</translation>
  </message>
  <message>
   <source>Off</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>Only for this age</source>
   <translation>只适合此年龄</translation>
  </message>
  <message>
   <source>Only what is in stock</source>
   <translation>只展示有货的</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>移除</translation>
  </message>
  <message>
   <source>Rule</source>
   <translation>规则</translation>
  </message>
  <message>
   <source>Rules</source>
   <translation>规则</translation>
  </message>
  <message>
   <source>Rules hold for every list of this recommender, at once and without learning anew.</source>
   <translation>规则对此推荐器的所有列表立即生效，无需重新学习。</translation>
  </message>
  <message>
   <source>Sensitive category</source>
   <translation>敏感类别</translation>
  </message>
  <message>
   <source>Some</source>
   <translation>适度</translation>
  </message>
  <message>
   <source>Strong</source>
   <translation>较强</translation>
  </message>
  <message>
   <source>The item never appears in a list.</source>
   <translation>此物品不会出现在任何列表中。</translation>
  </message>
  <message>
   <source>The item stands on top of every list, unless the person has it already.</source>
   <translation>此物品排在每份列表的最前面，除非此人已经有它。</translation>
  </message>
  <message>
   <source>Unknown here, so without effect: {names}.</source>
   <translation>这里没有，因此不起作用：{names}。</translation>
  </message>
  <message>
   <source>What may be shown</source>
   <translation>可以展示什么</translation>
  </message>
  <message>
   <source>What the rule is about</source>
   <translation>规则涉及的内容</translation>
  </message>
  <message>
   <source>What the rule says</source>
   <translation>规则的取值</translation>
  </message>
  <message>
   <source>Yes</source>
   <translation>是的</translation>
  </message>
  <message>
   <source>a category</source>
   <translation>一个类别</translation>
  </message>
  <message>
   <source>a number, such as 2</source>
   <translation>一个数字，例如 2</translation>
  </message>
  <message>
   <source>id of an item</source>
   <translation>物品编号</translation>
  </message>
  <message>
   <source>years, such as 12</source>
   <translation>岁数，例如 12</translation>
  </message>
 </context>
 <context>
  <name>Rung</name>
  <message>
   <source>A generator on this computer wrote it. The passages hold {held} of its {written} sentences, and only they are shown.</source>
   <translation>由本机上的生成模型书写。它写的 {written} 句中有 {held} 句在段落中有依据，只显示这些。</translation>
  </message>
  <message>
   <source>A polite word; nothing was looked up for it.</source>
   <translation>一句客气话，没有为此查找资料。</translation>
  </message>
  <message>
   <source>Approved answer</source>
   <translation>审定答案</translation>
  </message>
  <message>
   <source>Asked back</source>
   <translation>反问</translation>
  </message>
  <message>
   <source>Courtesy</source>
   <translation>礼貌用语</translation>
  </message>
  <message>
   <source>Each sentence was checked against the passages it names.</source>
   <translation>每句话都已与其所引段落核对。</translation>
  </message>
  <message>
   <source>Handed to a person</source>
   <translation>已转交人工</translation>
  </message>
  <message>
   <source>Not in your documents</source>
   <translation>您的文档中没有</translation>
  </message>
  <message>
   <source>Nothing in this collection answers the question well enough to be quoted.</source>
   <translation>该资料库中没有足以引用来回答此问题的内容。</translation>
  </message>
  <message>
   <source>Of 100 answers this sure, about {count} are right.</source>
   <translation>有这样把握的 100 个回答中，约有 {count} 个是正确的。</translation>
  </message>
  <message>
   <source>Phrased by {generator}</source>
   <translation>由 {generator} 组织</translation>
  </message>
  <message>
   <source>Quoted from your documents</source>
   <translation>引自您的文档</translation>
  </message>
  <message>
   <source>Somebody will answer; the answer is kept as an approved answer.</source>
   <translation>将由人来回答，其答案会保存为审定答案。</translation>
  </message>
  <message>
   <source>Somebody wrote and approved this answer. It is given word for word.</source>
   <translation>此答案由人撰写并审定，原文给出。</translation>
  </message>
  <message>
   <source>Something has to be known before there can be an answer.</source>
   <translation>需要先知道一些信息才能回答。</translation>
  </message>
  <message>
   <source>These are the words of your documents. Open a source to read them in their place.</source>
   <translation>这是您文档中的原话。打开出处即可在原文中阅读。</translation>
  </message>
  <message>
   <source>Written from your documents</source>
   <translation>据您的文档撰写</translation>
  </message>
 </context>
 <context>
  <name>Runs</name>
  <message>
   <source>Forget</source>
   <translation>放弃</translation>
  </message>
  <message>
   <source>Forget the interrupted training?</source>
   <translation>放弃中断的训练？</translation>
  </message>
  <message>
   <source>Keep</source>
   <translation>保留</translation>
  </message>
  <message>
   <source>What {name} learned until then is deleted. Versions in use stay.</source>
   <translation>{name} 到那时为止学到的内容会被删除。正在使用的版本不受影响。</translation>
  </message>
 </context>
 <context>
  <name>SafetyCard</name>
  <message numerus="yes">
   <source>After %n minute(s)</source>
   <translation>
    <numerusform>%n 分钟后</numerusform>
   </translation>
  </message>
  <message>
   <source>Change…</source>
   <translation>更改…</translation>
  </message>
  <message>
   <source>Lock by itself</source>
   <translation>自动锁定</translation>
  </message>
  <message>
   <source>Never</source>
   <translation>从不</translation>
  </message>
  <message>
   <source>Passphrase</source>
   <translation>口令</translation>
  </message>
  <message>
   <source>Safety</source>
   <translation>安全</translation>
  </message>
  <message>
   <source>Saved.</source>
   <translation>已保存。</translation>
  </message>
  <message>
   <source>The passphrase is changed.</source>
   <translation>口令已更改。</translation>
  </message>
  <message>
   <source>The workspace is encrypted anew. Old backups keep the old passphrase.</source>
   <translation>工作区会重新加密。旧备份仍使用旧口令。</translation>
  </message>
  <message>
   <source>When neither keyboard nor mouse was used. A running job is finished first.</source>
   <translation>键盘和鼠标闲置一段时间后锁定；正在运行的任务会先完成。</translation>
  </message>
 </context>
 <context>
  <name>SearchField</name>
  <message>
   <source>Empty the field</source>
   <translation>清空输入框</translation>
  </message>
 </context>
 <context>
  <name>SearchPart</name>
  <message numerus="yes">
   <source>%n passage(s)</source>
   <translation>
    <numerusform>%n 个段落</numerusform>
   </translation>
  </message>
  <message>
   <source>All kinds</source>
   <translation>所有类型</translation>
  </message>
  <message>
   <source>Changed since</source>
   <translation>修改时间不早于</translation>
  </message>
  <message>
   <source>Changed until</source>
   <translation>修改时间不晚于</translation>
  </message>
  <message>
   <source>Document</source>
   <translation>文档</translation>
  </message>
  <message>
   <source>Enter on a passage shows its page. Dates are of the documents' last change.</source>
   <translation>在段落上按 Enter 可查看所在页。日期指文档的最后修改时间。</translation>
  </message>
  <message>
   <source>Folder or a part of it</source>
   <translation>文件夹或其一部分</translation>
  </message>
  <message>
   <source>How to search</source>
   <translation>检索方式</translation>
  </message>
  <message>
   <source>Nothing was found.</source>
   <translation>没有找到。</translation>
  </message>
  <message>
   <source>Only files of the kind</source>
   <translation>只限此类文件</translation>
  </message>
  <message>
   <source>Only in the folder</source>
   <translation>只在此文件夹</translation>
  </message>
  <message>
   <source>Page</source>
   <translation>页</translation>
  </message>
  <message>
   <source>Passage</source>
   <translation>段落</translation>
  </message>
  <message>
   <source>Passages found</source>
   <translation>找到的段落</translation>
  </message>
  <message>
   <source>Search</source>
   <translation>搜索</translation>
  </message>
  <message>
   <source>Search in the collection</source>
   <translation>在资料库中搜索</translation>
  </message>
  <message>
   <source>Search in the passages of this collection</source>
   <translation>搜索这个资料库的段落</translation>
  </message>
  <message>
   <source>Since: 2025-03-01</source>
   <translation>自 2025-03-01</translation>
  </message>
  <message>
   <source>Until: 2025-12-31</source>
   <translation>至 2025-12-31</translation>
  </message>
  <message>
   <source>{found}  ·  {mode}  ·  {ms} ms</source>
   <translation>{found}  ·  {mode}  ·  {ms} 毫秒</translation>
  </message>
  <message>
   <source>“{day}” is no date: write 2025-03-01, 2025-03 or 2025.</source>
   <translation>“{day}”不是日期：请写成 2025-03-01、2025-03 或 2025。</translation>
  </message>
 </context>
 <context>
  <name>Session</name>
  <message>
   <source>Stopped: {title}</source>
   <translation>已停止：{title}</translation>
  </message>
  <message>
   <source>The backup is in place.</source>
   <translation>备份已就位。</translation>
  </message>
  <message>
   <source>The engine stopped unexpectedly and was started again. Everything stored is intact; jobs that were running are marked as interrupted. Unlock the workspace to go on.</source>
   <translation>引擎意外停止，已重新启动。已保存的内容完好无损；当时正在运行的任务已标记为中断。请解锁工作区以继续。</translation>
  </message>
  <message>
   <source>The file before it was kept as {name}.</source>
   <translation>之前的文件已保留为 {name}。</translation>
  </message>
  <message>
   <source>The samples are ready.</source>
   <translation>示例已准备好。</translation>
  </message>
 </context>
 <context>
  <name>SkillList</name>
  <message numerus="yes">
   <source>%n label(s)</source>
   <translation>
    <numerusform>%n 个标签</numerusform>
   </translation>
  </message>
  <message>
   <source>Cannot be used</source>
   <translation>无法使用</translation>
  </message>
  <message>
   <source>Labels of your own</source>
   <translation>自拟标签</translation>
  </message>
  <message>
   <source>Read with</source>
   <translation>阅读方式</translation>
  </message>
  <message>
   <source>Skills</source>
   <translation>技能</translation>
  </message>
  <message>
   <source>Teach a new skill</source>
   <translation>教一项新技能</translation>
  </message>
  <message>
   <source>Without teaching</source>
   <translation>无需教学</translation>
  </message>
  <message>
   <source>{labels} · finds, F1 {f1}</source>
   <translation>{labels} · 查找，F1 {f1}</translation>
  </message>
  <message>
   <source>{labels} · {accuracy} right</source>
   <translation>{labels} · 正确率 {accuracy}</translation>
  </message>
 </context>
 <context>
  <name>SourceList</name>
  <message>
   <source>Closest places in your documents</source>
   <translation>您文档中最接近的地方</translation>
  </message>
  <message>
   <source>Open the source {place}</source>
   <translation>打开出处 {place}</translation>
  </message>
  <message>
   <source>Open this place</source>
   <translation>打开此处</translation>
  </message>
  <message>
   <source>Sources</source>
   <translation>出处</translation>
  </message>
  <message>
   <source>Written by a person</source>
   <translation>由人工撰写</translation>
  </message>
  <message>
   <source>Written by {name}</source>
   <translation>由 {name} 撰写</translation>
  </message>
 </context>
 <context>
  <name>SourcePanel</name>
  <message>
   <source>Back to the quoted words</source>
   <translation>回到引文</translation>
  </message>
  <message>
   <source>Close the source</source>
   <translation>关闭出处</translation>
  </message>
  <message>
   <source>How the page is shown</source>
   <translation>页面的显示方式</translation>
  </message>
  <message>
   <source>Next page</source>
   <translation>下一页</translation>
  </message>
  <message>
   <source>Page</source>
   <translation>页面</translation>
  </message>
  <message>
   <source>Page {page} of {pages}</source>
   <translation>第 {page} 页，共 {pages} 页</translation>
  </message>
  <message>
   <source>Picture of the page</source>
   <translation>页面图像</translation>
  </message>
  <message>
   <source>Previous page</source>
   <translation>上一页</translation>
  </message>
  <message>
   <source>Source {number}: {place}</source>
   <translation>出处 {number}：{place}</translation>
  </message>
  <message>
   <source>Text</source>
   <translation>文本</translation>
  </message>
  <message>
   <source>Text of the page</source>
   <translation>页面文字</translation>
  </message>
  <message>
   <source>The quoted words are no longer on this page: the document has changed since.</source>
   <translation>引文已不在此页：文档此后有改动。</translation>
  </message>
  <message>
   <source>Whole document</source>
   <translation>整份文档</translation>
  </message>
 </context>
 <context>
  <name>Sources</name>
  <message>
   <source>Sources:</source>
   <translation>出处：</translation>
  </message>
  <message>
   <source>{title}, page {page}</source>
   <translation>{title}，第 {page} 页</translation>
  </message>
 </context>
 <context>
  <name>TalkView</name>
  <message>
   <source>A person</source>
   <translation>人工</translation>
  </message>
  <message>
   <source>Conversation</source>
   <translation>对话</translation>
  </message>
  <message>
   <source>Customer</source>
   <translation>客户</translation>
  </message>
  <message>
   <source>Rated wrong</source>
   <translation>被评为错误</translation>
  </message>
  <message>
   <source>{share} sure</source>
   <translation>把握 {share}</translation>
  </message>
 </context>
 <context>
  <name>TeachSide</name>
  <message>
   <source>Cannot be used</source>
   <translation>无法使用</translation>
  </message>
  <message>
   <source>Interrupted · can go on</source>
   <translation>已中断 · 可以继续</translation>
  </message>
  <message>
   <source>Skills</source>
   <translation>技能</translation>
  </message>
  <message>
   <source>Stopping…</source>
   <translation>正在停止…</translation>
  </message>
  <message>
   <source>Teach a generator</source>
   <translation>教生成模型</translation>
  </message>
  <message>
   <source>Teach a new skill</source>
   <translation>教一项新技能</translation>
  </message>
  <message>
   <source>Trainings</source>
   <translation>训练</translation>
  </message>
  <message>
   <source>Trainings and taught skills are listed here.</source>
   <translation>训练和教好的技能会列在这里。</translation>
  </message>
  <message>
   <source>number {place} in line</source>
   <translation>排在第 {place} 位</translation>
  </message>
  <message>
   <source>version {version}</source>
   <translation>第 {version} 版</translation>
  </message>
  <message>
   <source>{version} · F1 {score}</source>
   <translation>{version}，F1 {score}</translation>
  </message>
  <message>
   <source>{version} · {accuracy} right</source>
   <translation>{version} · 正确率 {accuracy}</translation>
  </message>
 </context>
 <context>
  <name>TestsDialog</name>
  <message>
   <source>All</source>
   <translation>全部</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>Conversation</source>
   <translation>对话</translation>
  </message>
  <message>
   <source>Conversation tests</source>
   <translation>对话测试</translation>
  </message>
  <message>
   <source>Expectations</source>
   <translation>预期</translation>
  </message>
  <message>
   <source>Expected</source>
   <translation>预期</translation>
  </message>
  <message>
   <source>Expected: {expected}
Got: {got}</source>
   <translation>预期：{expected}
实际：{got}</translation>
  </message>
  <message>
   <source>Failed</source>
   <translation>失败</translation>
  </message>
  <message>
   <source>Got</source>
   <translation>实际</translation>
  </message>
  <message>
   <source>Line</source>
   <translation>行号</translation>
  </message>
  <message>
   <source>Result</source>
   <translation>结果</translation>
  </message>
  <message>
   <source>Turn</source>
   <translation>轮次</translation>
  </message>
  <message>
   <source>Which expectations are listed</source>
   <translation>列出哪些预期</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>未通过</translation>
  </message>
  <message>
   <source>passed</source>
   <translation>通过</translation>
  </message>
  <message>
   <source>{count} failed</source>
   <translation>{count} 段未通过</translation>
  </message>
  <message>
   <source>{count} passed</source>
   <translation>{count} 段通过</translation>
  </message>
 </context>
 <context>
  <name>TrainStep</name>
  <message>
   <source>Best so far: {score} of the words in held-back answers foreseen, in round {epoch}.</source>
   <translation>目前最好：第 {epoch} 轮，预见了留出回答中 {score} 的词。</translation>
  </message>
  <message>
   <source>Best so far: {score} right on held-back texts, in round {epoch}.</source>
   <translation>目前最好：第 {epoch} 轮，在留出的文本上答对 {score}。</translation>
  </message>
  <message>
   <source>Choose examples and a method first; the curves of the training are shown here.</source>
   <translation>请先选择例子和方法；训练的曲线会显示在这里。</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>继续</translation>
  </message>
  <message>
   <source>How far the training is</source>
   <translation>训练进度</translation>
  </message>
  <message>
   <source>It starts by itself. You can set up another training meanwhile.</source>
   <translation>会自动开始。期间可以设置另一个训练。</translation>
  </message>
  <message>
   <source>It was interrupted; it can go on from its last checkpoint.</source>
   <translation>训练被中断；可以从上次保存的进度继续。</translation>
  </message>
  <message>
   <source>Nothing is being taught</source>
   <translation>现在没有训练</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>暂停</translation>
  </message>
  <message>
   <source>Paused: the processor is free, and nothing that was learned is lost.</source>
   <translation>已暂停：不占用处理器，学到的内容都还在。</translation>
  </message>
  <message>
   <source>Set it up otherwise</source>
   <translation>换一种设置</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>停止</translation>
  </message>
  <message>
   <source>Stopped. Nothing was changed; versions in use stay in use.</source>
   <translation>已停止。没有任何改动，正在使用的版本照常使用。</translation>
  </message>
  <message>
   <source>Stopping…</source>
   <translation>正在停止…</translation>
  </message>
  <message numerus="yes">
   <source>Waits for %n training(s) before it</source>
   <translation>
    <numerusform>前面还有 %n 个训练</numerusform>
   </translation>
  </message>
  <message>
   <source>Waits for its turn</source>
   <translation>正在排队</translation>
  </message>
  <message>
   <source>You can leave this page and go on working; the training goes on.</source>
   <translation>您可以离开此页面继续工作，训练会继续进行。</translation>
  </message>
  <message>
   <source>from “{dataset}”</source>
   <translation>数据“{dataset}”</translation>
  </message>
 </context>
 <context>
  <name>Transcript</name>
  <message>
   <source>Messages</source>
   <translation>消息</translation>
  </message>
 </context>
 <context>
  <name>TryTab</name>
  <message>
   <source>Add at least two labels first.</source>
   <translation>请先添加至少两个标签。</translation>
  </message>
  <message>
   <source>Noted. Not yet taught: {count}</source>
   <translation>已记下。尚未用于教学：{count}</translation>
  </message>
  <message>
   <source>Read</source>
   <translation>阅读</translation>
  </message>
  <message>
   <source>Text to read</source>
   <translation>要阅读的文本</translation>
  </message>
  <message>
   <source>The text is read while you type. Nothing of it is kept.</source>
   <translation>输入时即会阅读，不会保存任何内容。</translation>
  </message>
  <message>
   <source>Type or paste a text</source>
   <translation>输入或粘贴一段文本</translation>
  </message>
 </context>
 <context>
  <name>Understood</name>
  <message>
   <source>Asks for other words</source>
   <translation>请客户换个说法</translation>
  </message>
  <message>
   <source>Asks for: {slot}</source>
   <translation>询问：{slot}</translation>
  </message>
  <message>
   <source>Asks: is this what is meant?</source>
   <translation>反问：是这个意思吗？</translation>
  </message>
  <message>
   <source>Asks: which one is meant?</source>
   <translation>反问：指的是哪一个？</translation>
  </message>
  <message>
   <source>Intent: {intent}</source>
   <translation>意图：{intent}</translation>
  </message>
 </context>
 <context>
  <name>UnfinishedCard</name>
  <message>
   <source>Forget</source>
   <translation>放弃</translation>
  </message>
  <message>
   <source>Forget {name}</source>
   <translation>放弃 {name}</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>继续</translation>
  </message>
  <message>
   <source>Go on with {name}</source>
   <translation>继续训练 {name}</translation>
  </message>
  <message>
   <source>Interrupted trainings</source>
   <translation>中断的训练</translation>
  </message>
  <message>
   <source>The program ended before these were done. At most the time since the last checkpoint is lost.</source>
   <translation>程序在训练完成前就结束了。最多损失上次保存进度之后的时间。</translation>
  </message>
  <message>
   <source>{method}, round {epoch}, saved {moment}</source>
   <translation>{method}，第 {epoch} 轮，保存于 {moment}</translation>
  </message>
 </context>
 <context>
  <name>UseStep</name>
  <message>
   <source>A skill may have learned private things from its examples: give it only to people you trust.</source>
   <translation>技能可能从例子中学到了私人内容：请只交给您信任的人。</translation>
  </message>
  <message>
   <source>As one file for another Casemate…</source>
   <translation>存为一个文件，给另一个 Casemate…</translation>
  </message>
  <message>
   <source>Casemate skill (*.casepack)</source>
   <translation>Casemate 技能 (*.casepack)</translation>
  </message>
  <message>
   <source>Choose a folder</source>
   <translation>选择文件夹</translation>
  </message>
  <message>
   <source>For ONNX Runtime…</source>
   <translation>用于 ONNX Runtime…</translation>
  </message>
  <message>
   <source>For PEFT…</source>
   <translation>用于 PEFT…</translation>
  </message>
  <message>
   <source>Hand it on</source>
   <translation>交给别人</translation>
  </message>
  <message>
   <source>Hand the skill on</source>
   <translation>把技能交给别人</translation>
  </message>
  <message>
   <source>It shows the texts it would learn most from; you label them with one key each.</source>
   <translation>它会挑出最能学到东西的文本，您每条按一个键来标注。</translation>
  </message>
  <message>
   <source>Label texts</source>
   <translation>标注文本</translation>
  </message>
  <message>
   <source>Make it better with few labels</source>
   <translation>用少量标注使它更好</translation>
  </message>
  <message>
   <source>No skill yet</source>
   <translation>还没有技能</translation>
  </message>
  <message>
   <source>Once a skill is taught, it reads texts, lists and whole files, and can be taught further.</source>
   <translation>技能教好后，可以阅读文本、列表和整个文件，也可以继续教。</translation>
  </message>
  <message>
   <source>PEFT and ONNX Runtime are tools of programmers, who can use the skill with them without Casemate.</source>
   <translation>PEFT 和 ONNX Runtime 是程序员的工具，用它们无需 Casemate 也能使用此技能。</translation>
  </message>
  <message>
   <source>Read with it</source>
   <translation>用它来阅读</translation>
  </message>
  <message>
   <source>Teach it again</source>
   <translation>再教一次</translation>
  </message>
  <message>
   <source>Teach it more</source>
   <translation>教它更多</translation>
  </message>
  <message>
   <source>The skill is in {file}.</source>
   <translation>技能已保存到 {file}。</translation>
  </message>
  <message>
   <source>Try single texts, read lists, or a whole file into a new table.</source>
   <translation>试读单条文本、读取列表，或把整个文件读成一张新表。</translation>
  </message>
  <message>
   <source>Use it</source>
   <translation>使用它</translation>
  </message>
  <message>
   <source>With more examples or in another way; the better version is put to use.</source>
   <translation>用更多例子或换一种方法；更好的版本会被启用。</translation>
  </message>
  <message>
   <source>Writing {name}</source>
   <translation>正在写入 {name}</translation>
  </message>
  <message>
   <source>{size} kB in {folder}.</source>
   <translation>{size} kB，位于 {folder}。</translation>
  </message>
 </context>
 <context>
  <name>VersionsCard</name>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Compare</source>
   <translation>比较</translation>
  </message>
  <message>
   <source>Compare asks version {first} and version {second} the same texts.</source>
   <translation>“比较”会用同样的文本考第 {first} 版和第 {second} 版。</translation>
  </message>
  <message>
   <source>Comparing version {first} with version {second}</source>
   <translation>正在比较第 {first} 版和第 {second} 版</translation>
  </message>
  <message>
   <source>Every teaching makes a version. Choose one to put it to use, or two to compare them.</source>
   <translation>每次教学都会产生一个版本。选择一个来启用，或选择两个来比较。</translation>
  </message>
  <message>
   <source>Examples</source>
   <translation>例子</translation>
  </message>
  <message>
   <source>F1</source>
   <translation>F1</translation>
  </message>
  <message>
   <source>Go back</source>
   <translation>恢复</translation>
  </message>
  <message>
   <source>Go back to the version before</source>
   <translation>恢复上一版本</translation>
  </message>
  <message>
   <source>Go back to version {version}?</source>
   <translation>恢复到第 {version} 版？</translation>
  </message>
  <message>
   <source>Hold Ctrl to choose two versions; one alone is compared with the one in use.</source>
   <translation>按住 Ctrl 可选择两个版本；只选一个时，与正在使用的版本比较。</translation>
  </message>
  <message>
   <source>In use</source>
   <translation>使用中</translation>
  </message>
  <message>
   <source>Method</source>
   <translation>方法</translation>
  </message>
  <message>
   <source>Put to use</source>
   <translation>启用</translation>
  </message>
  <message>
   <source>Right answers</source>
   <translation>判断正确</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>大小</translation>
  </message>
  <message>
   <source>Taught</source>
   <translation>教学时间</translation>
  </message>
  <message>
   <source>Version</source>
   <translation>版本</translation>
  </message>
  <message>
   <source>Version {version} is in use.</source>
   <translation>正在使用第 {version} 版。</translation>
  </message>
  <message>
   <source>Versions</source>
   <translation>版本</translation>
  </message>
  <message>
   <source>Versions of this skill</source>
   <translation>此技能的版本</translation>
  </message>
  <message>
   <source>in use</source>
   <translation>使用中</translation>
  </message>
  <message>
   <source>{name} then works with that version. Nothing is deleted.</source>
   <translation>之后 {name} 将使用该版本。不会删除任何内容。</translation>
  </message>
 </context>
 <context>
  <name>VersionsTab</name>
  <message>
   <source>F1</source>
   <translation>F1</translation>
  </message>
  <message>
   <source>Go back to the version before</source>
   <translation>恢复上一版本</translation>
  </message>
  <message>
   <source>In use</source>
   <translation>使用中</translation>
  </message>
  <message>
   <source>Made</source>
   <translation>生成时间</translation>
  </message>
  <message>
   <source>Right answers</source>
   <translation>判断正确</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>大小</translation>
  </message>
  <message>
   <source>Teaching the same skill again makes a new version. The one before stays and can be used again.</source>
   <translation>再次教同一技能会产生新版本。先前的版本会保留，可以重新使用。</translation>
  </message>
  <message>
   <source>Version</source>
   <translation>版本</translation>
  </message>
  <message>
   <source>Versions of this skill</source>
   <translation>此技能的版本</translation>
  </message>
  <message>
   <source>in use</source>
   <translation>使用中</translation>
  </message>
  <message>
   <source>{size} kB</source>
   <translation>{size} kB</translation>
  </message>
 </context>
 <context>
  <name>Waits</name>
  <message>
   <source>A person will answer this. It waits at the desk.</source>
   <translation>将由人工答复，正在客服台等待。</translation>
  </message>
  <message>
   <source>Open at the desk</source>
   <translation>在客服台打开</translation>
  </message>
 </context>
 <context>
  <name>Way</name>
  <message>
   <source>Check the examples</source>
   <translation>检查例子</translation>
  </message>
  <message>
   <source>Choose the method</source>
   <translation>选择方法</translation>
  </message>
  <message>
   <source>From examples that somebody labelled, Casemate learns to read new texts like them.</source>
   <translation>Casemate 从人工标注的例子中学习，然后阅读同类的新文本。</translation>
  </message>
  <message>
   <source>Give the skill a name first.</source>
   <translation>请先给技能起一个名称。</translation>
  </message>
  <message>
   <source>It waits until the trainings before it are done.</source>
   <translation>会等前面的训练完成后再开始。</translation>
  </message>
  <message>
   <source>Measured on texts that the skill did not learn from.</source>
   <translation>在技能没有学过的文本上测得。</translation>
  </message>
  <message>
   <source>Mistakes in the examples are learned along, so they are looked for first.</source>
   <translation>例子中的错误也会被学进去，所以先找出错误。</translation>
  </message>
  <message>
   <source>Part of the examples is held back as an exam. You can leave this page meanwhile.</source>
   <translation>一部分例子留作考试。期间可以离开此页面。</translation>
  </message>
  <message>
   <source>Show the report</source>
   <translation>查看报告</translation>
  </message>
  <message>
   <source>Start teaching</source>
   <translation>开始教</translation>
  </message>
  <message>
   <source>This way is not possible here.</source>
   <translation>在这里无法使用这种方法。</translation>
  </message>
  <message>
   <source>Use this skill</source>
   <translation>使用此技能</translation>
  </message>
  <message>
   <source>Ways to teach differ in time and in what they reach. All of them run on this machine.</source>
   <translation>各种教法用时不同，效果也不同，全部在这台电脑上进行。</translation>
  </message>
  <message>
   <source>What must be corrected stands in the way.</source>
   <translation>必须先改正上面的问题。</translation>
  </message>
  <message>
   <source>What you can do with the skill now.</source>
   <translation>现在可以用这项技能做什么。</translation>
  </message>
 </context>
 <context>
  <name>WriteButton</name>
  <message>
   <source>Draft a reply…</source>
   <translation>起草回复…</translation>
  </message>
  <message>
   <source>Rewrite a text…</source>
   <translation>改写文字…</translation>
  </message>
  <message>
   <source>Summarise a document…</source>
   <translation>总结文档…</translation>
  </message>
  <message>
   <source>Summarise this conversation…</source>
   <translation>总结此对话…</translation>
  </message>
  <message>
   <source>Summarise, rewrite, translate, or draft a reply with a generator.</source>
   <translation>用生成模型总结、改写、翻译或起草回复。</translation>
  </message>
  <message>
   <source>Translate a text…</source>
   <translation>翻译文字…</translation>
  </message>
  <message>
   <source>What shall be written?</source>
   <translation>要写什么？</translation>
  </message>
  <message>
   <source>Write…</source>
   <translation>书写…</translation>
  </message>
 </context>
 <context>
  <name>WriteDialog</name>
  <message>
   <source>A document</source>
   <translation>文档</translation>
  </message>
  <message>
   <source>A part whose new words lose a sentence or a number keeps its old words.</source>
   <translation>若某一段的新说法丢失了句子或数字，该段保持原样。</translation>
  </message>
  <message>
   <source>A text</source>
   <translation>文字</translation>
  </message>
  <message>
   <source>As far as the generator can: one that was not taught a language cannot translate it. Numbers, dates, codes and names are compared; whether the words mean the same is not checked.</source>
   <translation>视生成模型的能力而定：没有学过某种语言的模型无法翻译它。会比较数字、日期、代码和名称；不检查意思是否相同。</translation>
  </message>
  <message>
   <source>As it is</source>
   <translation>保持原样</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>关闭</translation>
  </message>
  <message>
   <source>Comes from your documents. It is neither stored nor sent.</source>
   <translation>内容来自您的文档，既不保存也不发送。</translation>
  </message>
  <message>
   <source>Copied</source>
   <translation>已复制</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>复制</translation>
  </message>
  <message>
   <source>Document</source>
   <translation>文档</translation>
  </message>
  <message>
   <source>Draft a reply</source>
   <translation>起草回复</translation>
  </message>
  <message>
   <source>Formal</source>
   <translation>正式</translation>
  </message>
  <message>
   <source>Friendly</source>
   <translation>亲切</translation>
  </message>
  <message>
   <source>Generator</source>
   <translation>生成模型</translation>
  </message>
  <message>
   <source>Getting ready…</source>
   <translation>正在准备…</translation>
  </message>
  <message>
   <source>Into Chinese</source>
   <translation>译成中文</translation>
  </message>
  <message>
   <source>Into English</source>
   <translation>译成英文</translation>
  </message>
  <message>
   <source>Language of the translation</source>
   <translation>译文语言</translation>
  </message>
  <message>
   <source>Let a generator write</source>
   <translation>让生成模型书写</translation>
  </message>
  <message>
   <source>Long texts are read part by part. A sentence that the text does not hold is left out.</source>
   <translation>长文分段阅读。原文没有依据的句子会被略去。</translation>
  </message>
  <message>
   <source>Open the library</source>
   <translation>打开资料室</translation>
  </message>
  <message>
   <source>Other words</source>
   <translation>换个说法</translation>
  </message>
  <message>
   <source>Rewrite</source>
   <translation>改写</translation>
  </message>
  <message>
   <source>Shorter</source>
   <translation>更短</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>停止</translation>
  </message>
  <message>
   <source>Stopped.</source>
   <translation>已停止。</translation>
  </message>
  <message>
   <source>Summarise</source>
   <translation>总结</translation>
  </message>
  <message>
   <source>Text</source>
   <translation>文本</translation>
  </message>
  <message>
   <source>The customer's message</source>
   <translation>客户的消息</translation>
  </message>
  <message>
   <source>The text</source>
   <translation>文字</translation>
  </message>
  <message>
   <source>The text in English or Chinese</source>
   <translation>英文或中文的文字</translation>
  </message>
  <message>
   <source>There is no generator here yet. Take in any model in a GGUF file under Library, Models.</source>
   <translation>这里还没有生成模型。可在“资料室 › 模型”中导入任何 GGUF 文件中的模型。</translation>
  </message>
  <message>
   <source>This conversation</source>
   <translation>此对话</translation>
  </message>
  <message>
   <source>Tone</source>
   <translation>语气</translation>
  </message>
  <message>
   <source>Translate</source>
   <translation>翻译</translation>
  </message>
  <message>
   <source>What is summarised?</source>
   <translation>总结什么？</translation>
  </message>
  <message>
   <source>What shall be written?</source>
   <translation>要写什么？</translation>
  </message>
  <message>
   <source>What was written</source>
   <translation>写成的内容</translation>
  </message>
  <message>
   <source>Write</source>
   <translation>书写</translation>
  </message>
  <message>
   <source>Write it again with another seed.</source>
   <translation>用另一个种子重新写一遍。</translation>
  </message>
  <message>
   <source>{what}: part {n} of {all}</source>
   <translation>{what}：第 {n} 部分，共 {all} 部分</translation>
  </message>
 </context>
 <context>
  <name>agents</name>
  <message>
   <source>A regular expression; its first group, if it has one, is the value.</source>
   <translation>正则表达式；如果有分组，第一个分组就是值。</translation>
  </message>
  <message>
   <source>Addresses</source>
   <translation>地址</translation>
  </message>
  <message>
   <source>Answer in Chinese</source>
   <translation>中文回答</translation>
  </message>
  <message>
   <source>Answer in English; a slot stands in braces</source>
   <translation>英文回答；信息项写在花括号中</translation>
  </message>
  <message>
   <source>As templates name it: order_number</source>
   <translation>模板中使用的名称：order_number</translation>
  </message>
  <message>
   <source>Bank accounts (IBAN)</source>
   <translation>银行账号（IBAN）</translation>
  </message>
  <message>
   <source>Dates of birth</source>
   <translation>出生日期</translation>
  </message>
  <message>
   <source>E-mail addresses</source>
   <translation>电子邮件地址</translation>
  </message>
  <message>
   <source>Empty: any intent</source>
   <translation>留空：任何意图</translation>
  </message>
  <message>
   <source>Identity numbers</source>
   <translation>证件号码</translation>
  </message>
  <message>
   <source>If the intent is</source>
   <translation>如果意图是</translation>
  </message>
  <message>
   <source>Intent</source>
   <translation>意图</translation>
  </message>
  <message>
   <source>Kind</source>
   <translation>类型</translation>
  </message>
  <message>
   <source>Label of the reader (not needed)</source>
   <translation>阅读器的标签（可不填）</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>名称</translation>
  </message>
  <message>
   <source>Names</source>
   <translation>姓名</translation>
  </message>
  <message>
   <source>Pattern (not needed)</source>
   <translation>模式（可不填）</translation>
  </message>
  <message>
   <source>Payment card numbers</source>
   <translation>银行卡号</translation>
  </message>
  <message>
   <source>Phone numbers</source>
   <translation>电话号码</translation>
  </message>
  <message>
   <source>Question back, in Chinese</source>
   <translation>反问（中文）</translation>
  </message>
  <message>
   <source>Question back, in English</source>
   <translation>反问（英文）</translation>
  </message>
  <message>
   <source>Said to the customer, in Chinese</source>
   <translation>对客户的说法（中文）</translation>
  </message>
  <message>
   <source>Said to the customer, in English</source>
   <translation>对客户的说法（英文）</translation>
  </message>
  <message>
   <source>Values of slots</source>
   <translation>信息项的值</translation>
  </message>
  <message>
   <source>What the customer wants, as the desk would say it: cancel an order</source>
   <translation>客户想做什么，用坐席的话说：取消订单</translation>
  </message>
  <message>
   <source>Words, in Chinese</source>
   <translation>用语（中文）</translation>
  </message>
  <message>
   <source>Words, in English</source>
   <translation>用语（英文）</translation>
  </message>
  <message>
   <source>amount of money</source>
   <translation>金额</translation>
  </message>
  <message>
   <source>and the slot</source>
   <translation>并且信息项</translation>
  </message>
  <message>
   <source>answer with these words</source>
   <translation>用这些话回答</translation>
  </message>
  <message>
   <source>by pattern or entity alone</source>
   <translation>仅按模式或实体</translation>
  </message>
  <message>
   <source>compares so</source>
   <translation>比较方式</translation>
  </message>
  <message>
   <source>contains</source>
   <translation>包含</translation>
  </message>
  <message>
   <source>date</source>
   <translation>日期</translation>
  </message>
  <message>
   <source>e-mail address</source>
   <translation>电子邮件地址</translation>
  </message>
  <message>
   <source>hand over to a person</source>
   <translation>转交人工</translation>
  </message>
  <message>
   <source>is</source>
   <translation>等于</translation>
  </message>
  <message>
   <source>is at least</source>
   <translation>不小于</translation>
  </message>
  <message>
   <source>is at most</source>
   <translation>不大于</translation>
  </message>
  <message>
   <source>is less than</source>
   <translation>小于</translation>
  </message>
  <message>
   <source>is more than</source>
   <translation>大于</translation>
  </message>
  <message>
   <source>is not</source>
   <translation>不等于</translation>
  </message>
  <message>
   <source>name</source>
   <translation>姓名</translation>
  </message>
  <message>
   <source>number</source>
   <translation>数字</translation>
  </message>
  <message>
   <source>order number</source>
   <translation>订单号</translation>
  </message>
  <message>
   <source>phone number</source>
   <translation>电话号码</translation>
  </message>
  <message>
   <source>then</source>
   <translation>那么</translation>
  </message>
  <message>
   <source>was not said</source>
   <translation>未说明</translation>
  </message>
  <message>
   <source>was said</source>
   <translation>已说明</translation>
  </message>
  <message>
   <source>whatever is replied</source>
   <translation>回复的全部内容</translation>
  </message>
  <message>
   <source>with</source>
   <translation>比较值</translation>
  </message>
 </context>
 <context>
  <name>audit</name>
  <message>
   <source>adapter exported</source>
   <translation>已导出适配器</translation>
  </message>
  <message>
   <source>add document</source>
   <translation>添加文档</translation>
  </message>
  <message>
   <source>answer approved</source>
   <translation>答案已审定</translation>
  </message>
  <message>
   <source>answer rated</source>
   <translation>答案已评价</translation>
  </message>
  <message>
   <source>answer taken back</source>
   <translation>撤回标注</translation>
  </message>
  <message>
   <source>answers taught</source>
   <translation>标注已教给技能</translation>
  </message>
  <message>
   <source>approved answer changed</source>
   <translation>审定答案已修改</translation>
  </message>
  <message>
   <source>approved answer deleted</source>
   <translation>审定答案已删除</translation>
  </message>
  <message>
   <source>audit exported</source>
   <translation>导出审计日志</translation>
  </message>
  <message>
   <source>backup restored</source>
   <translation>恢复备份</translation>
  </message>
  <message>
   <source>backup written</source>
   <translation>写入备份</translation>
  </message>
  <message>
   <source>choose search mode</source>
   <translation>已选择检索方式</translation>
  </message>
  <message>
   <source>conversation branched</source>
   <translation>对话已分支</translation>
  </message>
  <message>
   <source>conversation exported</source>
   <translation>对话已导出</translation>
  </message>
  <message>
   <source>correction taken in</source>
   <translation>记下更正</translation>
  </message>
  <message>
   <source>data added</source>
   <translation>数据已添加</translation>
  </message>
  <message>
   <source>data exported</source>
   <translation>导出数据</translation>
  </message>
  <message>
   <source>data imported</source>
   <translation>导入数据</translation>
  </message>
  <message>
   <source>data removed</source>
   <translation>移除数据</translation>
  </message>
  <message>
   <source>data replaced</source>
   <translation>替换数据</translation>
  </message>
  <message>
   <source>delete conversation</source>
   <translation>删除对话</translation>
  </message>
  <message>
   <source>delete profile</source>
   <translation>删除档案</translation>
  </message>
  <message>
   <source>feedback imported</source>
   <translation>反馈已导入</translation>
  </message>
  <message>
   <source>feedback taken</source>
   <translation>已采用反馈</translation>
  </message>
  <message>
   <source>generator merged</source>
   <translation>生成模型已合并</translation>
  </message>
  <message>
   <source>generator removed</source>
   <translation>已删除生成模型</translation>
  </message>
  <message>
   <source>generator taken in</source>
   <translation>已导入生成模型</translation>
  </message>
  <message>
   <source>hand-off answered</source>
   <translation>已答复转交的问题</translation>
  </message>
  <message>
   <source>hand-off dismissed</source>
   <translation>转交的问题未予答复</translation>
  </message>
  <message>
   <source>hand-off withdrawn</source>
   <translation>转交已撤回</translation>
  </message>
  <message>
   <source>handed over</source>
   <translation>已转交</translation>
  </message>
  <message>
   <source>interrupted training dropped</source>
   <translation>已放弃中断的训练</translation>
  </message>
  <message>
   <source>model removed</source>
   <translation>移除模型</translation>
  </message>
  <message>
   <source>model version added to</source>
   <translation>模型版本已添加内容</translation>
  </message>
  <message>
   <source>model version put to use</source>
   <translation>启用模型版本</translation>
  </message>
  <message>
   <source>model version rewritten</source>
   <translation>改写模型版本</translation>
  </message>
  <message>
   <source>model version saved</source>
   <translation>保存模型版本</translation>
  </message>
  <message>
   <source>passphrase changed</source>
   <translation>更改口令</translation>
  </message>
  <message>
   <source>person forgotten</source>
   <translation>遗忘一个人</translation>
  </message>
  <message>
   <source>recommendation rule added</source>
   <translation>推荐规则已添加</translation>
  </message>
  <message>
   <source>recommendation rule removed</source>
   <translation>推荐规则已移除</translation>
  </message>
  <message>
   <source>remove collection</source>
   <translation>移除资料库</translation>
  </message>
  <message>
   <source>remove document</source>
   <translation>移除文档</translation>
  </message>
  <message>
   <source>replace document</source>
   <translation>替换文档</translation>
  </message>
  <message>
   <source>rows removed</source>
   <translation>移除数据行</translation>
  </message>
  <message>
   <source>save profile</source>
   <translation>保存档案</translation>
  </message>
  <message>
   <source>settings changed</source>
   <translation>更改设置</translation>
  </message>
  <message>
   <source>text labelled</source>
   <translation>标注文本</translation>
  </message>
  <message>
   <source>text skipped</source>
   <translation>跳过文本</translation>
  </message>
  <message>
   <source>texts queued for labelling</source>
   <translation>文本进入标注队列</translation>
  </message>
  <message>
   <source>unwatch folder</source>
   <translation>停止监视文件夹</translation>
  </message>
  <message>
   <source>watch folder</source>
   <translation>监视文件夹</translation>
  </message>
  <message>
   <source>workspace created</source>
   <translation>创建工作区</translation>
  </message>
  <message>
   <source>workspace unlocked</source>
   <translation>解锁工作区</translation>
  </message>
 </context>
 <context>
  <name>cards</name>
  <message>
   <source># {0}, version {1}</source>
   <translation># {0}，第 {1} 版</translation>
  </message>
  <message>
   <source>## Comparison with the version in use before</source>
   <translation>## 与此前使用的版本比较</translation>
  </message>
  <message>
   <source>## Data</source>
   <translation>## 数据</translation>
  </message>
  <message>
   <source>## Decided on the way</source>
   <translation>## 训练中的决定</translation>
  </message>
  <message>
   <source>## Limits</source>
   <translation>## 局限</translation>
  </message>
  <message>
   <source>## Measured</source>
   <translation>## 测量结果</translation>
  </message>
  <message>
   <source>*Taken in from a file, {0}. What follows was written where it was made.*</source>
   <translation>*由文件导入，{0}。以下内容写于其制作之处。*</translation>
  </message>
  <message>
   <source>- Entities do not overlap: of two that would, one is found.</source>
   <translation>- 实体不重叠：若两处会重叠，只找出一处。</translation>
  </message>
  <message>
   <source>- It answers with one of its labels even where none fits; ask for a precision to let it abstain.</source>
   <translation>- 即使没有合适的标签，它也会给出其中一个；指定精确率可让它弃答。</translation>
  </message>
  <message>
   <source>- It knows the labels' names only, and works where names say what the texts are about.</source>
   <translation>- 它只知道标签的名称，只有当名称能说明文本主题时才有效。</translation>
  </message>
  <message>
   <source>- It reads English; texts in scripts that the encoder does not know are not understood.</source>
   <translation>- 它读英语；编码器不认识的文字无法理解。</translation>
  </message>
  <message>
   <source>- The bundled encoder reads English; in other languages letters and neighbouring words have to do.</source>
   <translation>- 自带的编码器读英语；其他语言只能依靠字母和相邻的词。</translation>
  </message>
  <message>
   <source>- The numbers hold for texts like those it was taught; other sources, times or languages need a new check.</source>
   <translation>- 这些数字只适用于与所学文本相似的文本；换了来源、时间或语言需重新检验。</translation>
  </message>
  <message>
   <source>- checked on: {0}</source>
   <translation>- 检验：{0}</translation>
  </message>
  <message>
   <source>- checked on: {0}, none of them taught or used to say when to stop</source>
   <translation>- 检验：{0}，均未学过，也未用来决定何时停止</translation>
  </message>
  <message>
   <source>- data set: {0}, {1} texts taught, seed {2}</source>
   <translation>- 数据集：{0}，教了 {1} 条文本，随机种子 {2}</translation>
  </message>
  <message>
   <source>- data set: {0}, {1} texts, seed {2}</source>
   <translation>- 数据集：{0}，{1} 条文本，随机种子 {2}</translation>
  </message>
  <message>
   <source>- features: {0}</source>
   <translation>- 特征：{0}</translation>
  </message>
  <message>
   <source>- method: {0}</source>
   <translation>- 方法：{0}</translation>
  </message>
  <message>
   <source>- not checked, for want of a second text: {0}</source>
   <translation>- 因缺少第二条文本而未检验：{0}</translation>
  </message>
  <message>
   <source>- {0} texts are few to measure with; the interval above is wide for that reason.</source>
   <translation>- 用来测量的文本只有 {0} 条，因此上面的区间较宽。</translation>
  </message>
  <message>
   <source>- {0} texts are few to measure with; the intervals above are wide for that reason.</source>
   <translation>- 用来测量的文本只有 {0} 条，因此上面的区间较宽。</translation>
  </message>
  <message>
   <source>AdaLoRA of the encoder's upper layers, {0} passes, beside a logistic regression</source>
   <translation>编码器上层的 AdaLoRA，{0} 遍，并配合逻辑回归</translation>
  </message>
  <message>
   <source>An entity is right if its first character, its last character and its label are right.</source>
   <translation>首字符、末字符和标签都对，实体才算对。</translation>
  </message>
  <message>
   <source>Finds entities of {0} label in texts: {1}. It learned on this machine and holds no text.</source>
   <translation>在文本中查找 {0} 种实体：{1}。它在本机学习，不含任何文本。</translation>
  </message>
  <message>
   <source>Finds entities of {0} labels in texts: {1}. It learned on this machine and holds no text.</source>
   <translation>在文本中查找 {0} 种实体：{1}。它在本机学习，不含任何文本。</translation>
  </message>
  <message>
   <source>Labels ({0}): {1}</source>
   <translation>标签（{0}）：{1}</translation>
  </message>
  <message>
   <source>Labels texts with one of {0} labels. It learned on this machine and holds no text.</source>
   <translation>为文本标注 {0} 个标签之一。它在本机学习，不含任何文本。</translation>
  </message>
  <message>
   <source>LoRA of the encoder's upper layers, {0} passes, beside a logistic regression</source>
   <translation>编码器上层的 LoRA，{0} 遍，并配合逻辑回归</translation>
  </message>
  <message>
   <source>Nothing was measured: every labelled text was needed to describe its label.</source>
   <translation>未做任何测量：每条标注文本都用来描述其标签。</translation>
  </message>
  <message>
   <source>On {0} texts that neither was taught, the version before reached F1 {1} and this one {2}</source>
   <translation>在双方均未学过的 {0} 条文本上，上一版本的 F1 为 {1}，本版本为 {2}</translation>
  </message>
  <message>
   <source>On {0} texts that neither was taught, the version before was right {1} times and this one {2} times</source>
   <translation>在双方均未学过的 {0} 条文本上，上一版本答对 {1} 次，本版本 {2} 次</translation>
  </message>
  <message>
   <source>Task: {0}. Made {1}. {2} bytes.</source>
   <translation>任务：{0}。创建于 {1}。{2} 字节。</translation>
  </message>
  <message>
   <source>There was none, or no text was at hand that both could be asked.</source>
   <translation>没有上一版本，或没有可供两者作答的文本。</translation>
  </message>
  <message>
   <source>Weakest labels: {0}</source>
   <translation>最弱的标签：{0}</translation>
  </message>
  <message>
   <source>a prefix before the upper layers of the bundled encoder, taught together with the tagger</source>
   <translation>在自带编码器上层之前加前缀，与标注器一起训练</translation>
  </message>
  <message>
   <source>a tagger over letters and neighbouring words alone</source>
   <translation>只依据字母和相邻词的标注器</translation>
  </message>
  <message>
   <source>a tagger over the states of the bundled English encoder, which stays as it is, and over letters</source>
   <translation>基于不变的自带英语编码器的状态以及字母的标注器</translation>
  </message>
  <message>
   <source>all {0} texts, of which nothing but the temperature was learned</source>
   <translation>全部 {0} 条文本，只从中学了温度</translation>
  </message>
  <message>
   <source>full fine-tuning</source>
   <translation>全量微调（full fine-tuning）</translation>
  </message>
  <message>
   <source>full fine-tuning of the encoder's upper layers, {0} passes, beside a logistic regression</source>
   <translation>编码器上层的全量微调，{0} 遍，并配合逻辑回归</translation>
  </message>
  <message>
   <source>gender</source>
   <translation>性别</translation>
  </message>
  <message>
   <source>language</source>
   <translation>语言</translation>
  </message>
  <message>
   <source>length</source>
   <translation>长度</translation>
  </message>
  <message>
   <source>logistic regression, C = {0}, small labels weighted up, {1} rounds of L-BFGS</source>
   <translation>逻辑回归，C = {0}，小标签加权，{1} 轮 L-BFGS</translation>
  </message>
  <message>
   <source>logistic regression, C = {0}, {1} rounds of L-BFGS</source>
   <translation>逻辑回归，C = {0}，{1} 轮 L-BFGS</translation>
  </message>
  <message>
   <source>long</source>
   <translation>长</translation>
  </message>
  <message>
   <source>long ({0})</source>
   <translation>长（{0}）</translation>
  </message>
  <message>
   <source>lower case</source>
   <translation>全部小写</translation>
  </message>
  <message>
   <source>medium</source>
   <translation>中</translation>
  </message>
  <message>
   <source>medium ({0})</source>
   <translation>中（{0}）</translation>
  </message>
  <message>
   <source>names</source>
   <translation>人名</translation>
  </message>
  <message>
   <source>nearest label description (zero-shot)</source>
   <translation>最接近的标签描述（零样本）</translation>
  </message>
  <message>
   <source>negation</source>
   <translation>否定</translation>
  </message>
  <message>
   <source>not signed</source>
   <translation>未签名</translation>
  </message>
  <message>
   <source>prefix-tuning of the encoder's upper layers, {0} passes, beside a logistic regression</source>
   <translation>编码器上层的前缀微调，{0} 遍，并配合逻辑回归</translation>
  </message>
  <message>
   <source>short</source>
   <translation>短</translation>
  </message>
  <message>
   <source>short ({0})</source>
   <translation>短（{0}）</translation>
  </message>
  <message>
   <source>signed with the key {0}</source>
   <translation>以密钥 {0} 签名</translation>
  </message>
  <message>
   <source>typos</source>
   <translation>打字错误</translation>
  </message>
  <message>
   <source>upper case</source>
   <translation>全部大写</translation>
  </message>
  <message>
   <source>upper layers of the bundled encoder adapted with AdaLoRA, taught together with the tagger</source>
   <translation>用 AdaLoRA 调整自带编码器的上层，与标注器一起训练</translation>
  </message>
  <message>
   <source>upper layers of the bundled encoder adapted with LoRA, taught together with the tagger</source>
   <translation>用 LoRA 调整自带编码器的上层，与标注器一起训练</translation>
  </message>
  <message>
   <source>upper layers of the bundled encoder taught in full, together with the tagger</source>
   <translation>完整训练自带编码器的上层，与标注器一起</translation>
  </message>
  <message>
   <source>vectors of the bundled English encoder</source>
   <translation>自带英语编码器的向量</translation>
  </message>
  <message>
   <source>vectors of the bundled English encoder together with words and character pieces</source>
   <translation>自带英语编码器的向量，加上词和字符片段</translation>
  </message>
  <message>
   <source>words and character pieces alone, because the encoder does not know the script or they did better</source>
   <translation>只用词和字符片段，因为编码器不认识这种文字，或这样效果更好</translation>
  </message>
  <message>
   <source>{0} (F1 {1}, {2} texts)</source>
   <translation>{0}（F1 {1}，{2} 条）</translation>
  </message>
  <message>
   <source>{0} held-out texts, answered before any of them was learned</source>
   <translation>{0} 条留出文本，均在学习它们之前作答</translation>
  </message>
  <message>
   <source>{0} texts held out</source>
   <translation>留出 {0} 条文本</translation>
  </message>
  <message>
   <source>{0} texts held out in {1} of 5 folds, each answered by a head taught on the other four; the head that is kept was then taught on all texts. Features and penalty were chosen on the same folds for small data, which flatters the numbers slightly</source>
   <translation>在 5 折中的 {1} 折留出 {0} 条文本，每条由其余四折训练的分类头回答；最终的分类头再用全部文本训练。数据少时，特征和惩罚项也在同样的折上选择，因此数字略微偏好</translation>
  </message>
  <message>
   <source>{0} texts of {1}</source>
   <translation>{1} 的 {0} 条文本</translation>
  </message>
  <message>
   <source>{0} texts of {1}, none of them taught; thresholds come from folds</source>
   <translation>{1} 的 {0} 条文本，均未学过；阈值来自交叉验证</translation>
  </message>
  <message>
   <source>{0}, which is worse than chance explains (p = {1}); this version was not put to use.</source>
   <translation>{0}，差距超出偶然范围（p = {1}）；本版本未投入使用。</translation>
  </message>
  <message>
   <source>{0}, which is worse than chance explains ({1}); this version was not put to use.</source>
   <translation>{0}，差距超出偶然范围（{1}）；本版本未投入使用。</translation>
  </message>
  <message>
   <source>{0}; this version was put to use.</source>
   <translation>{0}；本版本已投入使用。</translation>
  </message>
  <message>
   <source>| F1 as int8 | {0}, in fp32 {1} |</source>
   <translation>| int8 的 F1 | {0}，fp32 为 {1} |</translation>
  </message>
  <message>
   <source>| F1 as int8 | {0}, in fp32 {1}; fp32 was kept |</source>
   <translation>| int8 的 F1 | {0}，fp32 为 {1}；保留 fp32 |</translation>
  </message>
  <message>
   <source>| F1 | {0} (95 % interval {1} to {2}) |</source>
   <translation>| F1 | {0}（95% 区间 {1} 至 {2}） |</translation>
  </message>
  <message>
   <source>| accuracy as int8 | {0}, in fp32 {1} |</source>
   <translation>| int8 正确率 | {0}，fp32 为 {1} |</translation>
  </message>
  <message>
   <source>| accuracy as int8 | {0}, in fp32 {1}; fp32 was kept |</source>
   <translation>| int8 正确率 | {0}，fp32 为 {1}；保留 fp32 |</translation>
  </message>
  <message>
   <source>| accuracy | {0} (95 % interval {1} to {2}, {3} texts) |</source>
   <translation>| 正确率 | {0}（95% 区间 {1} 至 {2}，{3} 条文本） |</translation>
  </message>
  <message>
   <source>| calibration error (15 bins) | {0}, before calibration {1} |</source>
   <translation>| 校准误差（15 组） | {0}，校准前 {1} |</translation>
  </message>
  <message>
   <source>| calibration error of scores | {0} |</source>
   <translation>| 分数的校准误差 | {0} |</translation>
  </message>
  <message>
   <source>| held-out measure | value |</source>
   <translation>| 留出文本上的指标 | 值 |</translation>
  </message>
  <message>
   <source>| label | precision | recall | F1 | entities |</source>
   <translation>| 标签 | 精确率 | 召回率 | F1 | 实体数 |</translation>
  </message>
  <message>
   <source>| labels known before | {0} right, before this training {1} |</source>
   <translation>| 原有标签 | 正确率 {0}，此次训练前 {1} |</translation>
  </message>
  <message>
   <source>| macro F1 | {0} |</source>
   <translation>| 宏平均 F1 | {0} |</translation>
  </message>
  <message>
   <source>| measure | value |</source>
   <translation>| 指标 | 值 |</translation>
  </message>
  <message>
   <source>| part of the held-out texts | texts | accuracy (95 % interval) |</source>
   <translation>| 留出文本的部分 | 文本数 | 正确率（95% 区间） |</translation>
  </message>
  <message>
   <source>| precision, recall | {0}, {1} |</source>
   <translation>| 精确率、召回率 | {0}、{1} |</translation>
  </message>
  <message>
   <source>| texts changed by | texts | accuracy before | after | same answer |</source>
   <translation>| 改动方式 | 文本数 | 改动前正确率 | 改动后 | 答案不变 |</translation>
  </message>
  <message>
   <source>| texts of no label (labels left out in turn, {0} texts) | AUROC {1}; {2} turned away where 95 % of the known ones are kept |</source>
   <translation>| 不属于任何标签的文本（轮流略去标签，{0} 条） | AUROC {1}；在保留 95% 已知文本时拒绝 {2} |</translation>
  </message>
  <message>
   <source>| texts of no label, estimated with a head (labels left out in turn, {0} texts) | AUROC {1}; {2} turned away where 95 % of the known ones are kept |</source>
   <translation>| 不属于任何标签的文本，用分类头估计（轮流略去标签，{0} 条文本） | AUROC {1}；在保留 95% 已知文本的前提下拒绝 {2} |</translation>
  </message>
  <message>
   <source>| {0} | {1} | {2} | {3} | {4} |</source>
   <translation>| {0} | {1} | {2} | {3} | {4} |</translation>
  </message>
  <message>
   <source>| {0}: {1} | {2} | {3} ({4} to {5}) |</source>
   <translation>| {0}：{1} | {2} | {3}（{4} 至 {5}） |</translation>
  </message>
 </context>
 <context>
  <name>changes</name>
  <message>
   <source>IN CAPITALS</source>
   <translation>全部大写</translation>
  </message>
  <message>
   <source>Language: {value}</source>
   <translation>语言：{value}</translation>
  </message>
  <message>
   <source>Long texts {span}</source>
   <translation>长文本 {span}</translation>
  </message>
  <message>
   <source>Short texts {span}</source>
   <translation>短文本 {span}</translation>
  </message>
  <message>
   <source>Texts of middle length {span}</source>
   <translation>中等长度的文本 {span}</translation>
  </message>
  <message>
   <source>turned into the negative</source>
   <translation>改为否定</translation>
  </message>
  <message>
   <source>with he and she exchanged</source>
   <translation>“他”和“她”互换</translation>
  </message>
  <message>
   <source>with other names</source>
   <translation>换成别的人名</translation>
  </message>
  <message>
   <source>with typing slips</source>
   <translation>带有错字</translation>
  </message>
  <message>
   <source>without capitals</source>
   <translation>全部小写</translation>
  </message>
  <message>
   <source>{column}: {value}</source>
   <translation>{column}：{value}</translation>
  </message>
 </context>
 <context>
  <name>desk</name>
  <message>
   <source>A rule says so</source>
   <translation>规则要求</translation>
  </message>
  <message>
   <source>Answer rated wrong</source>
   <translation>答案被评为错误</translation>
  </message>
  <message>
   <source>Answered</source>
   <translation>已答复</translation>
  </message>
  <message>
   <source>Dismissed</source>
   <translation>未予答复</translation>
  </message>
  <message>
   <source>Masked before it is stored: {kinds}.</source>
   <translation>保存前会遮盖：{kinds}。</translation>
  </message>
  <message>
   <source>None of our business</source>
   <translation>不归我们管</translation>
  </message>
  <message>
   <source>Not in the documents</source>
   <translation>文档中没有</translation>
  </message>
  <message>
   <source>Not understood twice</source>
   <translation>两次未听懂</translation>
  </message>
  <message>
   <source>Sent by a person</source>
   <translation>由人员转来</translation>
  </message>
  <message>
   <source>Somebody may need help</source>
   <translation>可能有人需要帮助</translation>
  </message>
  <message>
   <source>This was masked: {kinds}.</source>
   <translation>已遮盖：{kinds}。</translation>
  </message>
  <message>
   <source>Waiting</source>
   <translation>等待中</translation>
  </message>
  <message>
   <source>Withdrawn</source>
   <translation>已撤回</translation>
  </message>
 </context>
 <context>
  <name>errors</name>
  <message>
   <source>A few words in a row are easy to remember and hard to guess.</source>
   <translation>连续几个词容易记住，又难以猜中。</translation>
  </message>
  <message>
   <source>Casemate may not write in {path}.</source>
   <translation>Casemate 无权在 {path} 中写入。</translation>
  </message>
  <message>
   <source>Check the name and the place.</source>
   <translation>请检查名称和位置。</translation>
  </message>
  <message>
   <source>Choose a file made by Backup and give the passphrase that was in use at that time.</source>
   <translation>请选择由“备份”生成的文件，并输入当时使用的口令。</translation>
  </message>
  <message>
   <source>Choose another folder, or ask for permission to write there.</source>
   <translation>请选择其他文件夹，或申请写入权限。</translation>
  </message>
  <message>
   <source>Choose another name, or remove the old one first.</source>
   <translation>请换一个名称，或先移除旧的。</translation>
  </message>
  <message>
   <source>Close other programs, or use less data at once.</source>
   <translation>请关闭其他程序，或一次使用较少的数据。</translation>
  </message>
  <message>
   <source>Close the other window or wait until its command has finished.</source>
   <translation>请关闭另一个窗口，或等它的命令执行完毕。</translation>
  </message>
  <message>
   <source>Copy the details and send them to whoever looks after this program for you.</source>
   <translation>请复制详细信息，并发给负责维护本程序的人。</translation>
  </message>
  <message>
   <source>Correct the data and import it again.</source>
   <translation>请更正数据后重新导入。</translation>
  </message>
  <message>
   <source>Correct the input and try again; nothing was stored.</source>
   <translation>请更正输入后重试；没有保存任何内容。</translation>
  </message>
  <message>
   <source>Correct what is named and save it again; nothing was stored.</source>
   <translation>请改正所指出的内容后再保存；没有存储任何东西。</translation>
  </message>
  <message>
   <source>Earlier versions are unharmed. Choose a smaller learning rate, or the method head.</source>
   <translation>以前的版本没有受损。请选择更小的学习率，或使用 head 方法。</translation>
  </message>
  <message>
   <source>Free some space and try again; what was stored before is intact.</source>
   <translation>请腾出一些空间后重试；之前保存的内容完好无损。</translation>
  </message>
  <message>
   <source>Get the file again from where it came, or choose another one; nothing was stored.</source>
   <translation>请从来源处重新获取该文件，或另选一个；没有保存任何内容。</translation>
  </message>
  <message>
   <source>Give fewer or shorter texts, ask for a shorter answer, or choose a longer context.</source>
   <translation>请减少或缩短文本、要求更短的回答，或选择更长的上下文。</translation>
  </message>
  <message>
   <source>Give the prompt as plain text, or use another model.</source>
   <translation>请以纯文本给出提示，或换用其他模型。</translation>
  </message>
  <message>
   <source>Import it again from where it came, or remove it.</source>
   <translation>请从来源处重新导入，或将其移除。</translation>
  </message>
  <message>
   <source>Install Casemate with all its parts (docs/generator.md).</source>
   <translation>请安装带有全部组件的 Casemate（docs/generator.md）。</translation>
  </message>
  <message>
   <source>Install the newer version on this machine.</source>
   <translation>请在本机安装较新的版本。</translation>
  </message>
  <message>
   <source>Item {id} of the queue is no longer open: it was {state} by {owner} at {closed}.</source>
   <translation>队列中的第 {id} 项已不再开放：{owner} 已于 {closed} 将其处理为 {state}。</translation>
  </message>
  <message>
   <source>Known: {known}</source>
   <translation>已有：{known}</translation>
  </message>
  <message>
   <source>Leave the device on auto, which takes the best one of this machine; nothing was changed.</source>
   <translation>请把设备设为自动，会选用这台电脑上最好的设备；没有任何改动。</translation>
  </message>
  <message>
   <source>Open the conversation to see what was said; nothing was stored.</source>
   <translation>请打开对话查看内容；没有存储任何东西。</translation>
  </message>
  <message>
   <source>Open the file in the program that made it and save it again; nothing was stored.</source>
   <translation>请用生成该文件的程序打开并重新保存；没有保存任何内容。</translation>
  </message>
  <message>
   <source>Restore the latest backup (Settings, Restore, or `vault restore`).</source>
   <translation>请恢复最近的备份（“设置”中的“恢复”，或 `vault restore`）。</translation>
  </message>
  <message>
   <source>Restore the latest backup (Settings, Restore, or `vault restore`). The damaged file was left as it is.</source>
   <translation>请恢复最近的备份（“设置”中的“恢复”，或 `vault restore`）。损坏的文件保持原样。</translation>
  </message>
  <message>
   <source>Run it again to go on; what was finished has been kept.</source>
   <translation>再次运行即可继续；已完成的部分已保留。</translation>
  </message>
  <message>
   <source>Run the command with --help to see what it takes.</source>
   <translation>加上 --help 运行该命令，可查看它接受的参数。</translation>
  </message>
  <message>
   <source>Say which column holds what, for example --map text=message.</source>
   <translation>请说明哪一列是什么内容，例如 --map text=message。</translation>
  </message>
  <message>
   <source>Set CASEMATE_PASSPHRASE, use --passphrase-file, or run the command on a terminal to be asked.</source>
   <translation>请设置 CASEMATE_PASSPHRASE，使用 --passphrase-file，或在终端中运行该命令以便输入。</translation>
  </message>
  <message>
   <source>Something went wrong inside Casemate: {reason}</source>
   <translation>Casemate 内部出错：{reason}</translation>
  </message>
  <message>
   <source>Stopped on request.</source>
   <translation>已按要求停止。</translation>
  </message>
  <message>
   <source>Tables of other data belong under Data sets (`data import`).</source>
   <translation>其他数据的表格请放在“数据集”下（`data import`）。</translation>
  </message>
  <message>
   <source>The chat template of {name} cannot be used: {reason}</source>
   <translation>{name} 的对话模板不能使用：{reason}</translation>
  </message>
  <message>
   <source>The data set {name} cannot be used: {reason}</source>
   <translation>无法使用数据集 {name}：{reason}</translation>
  </message>
  <message>
   <source>The device {device} cannot be used: {reason}</source>
   <translation>无法使用设备 {device}：{reason}</translation>
  </message>
  <message>
   <source>The disk of {path} is full.</source>
   <translation>{path} 所在的磁盘已满。</translation>
  </message>
  <message>
   <source>The engine process ended unexpectedly and was started again.</source>
   <translation>引擎进程意外结束，已重新启动。</translation>
  </message>
  <message>
   <source>The helper process for “{job}” ended unexpectedly ({reason}).</source>
   <translation>“{job}”的辅助进程意外结束（{reason}）。</translation>
  </message>
  <message>
   <source>The helper process for “{job}” gave no sign of life for {seconds} seconds and was ended.</source>
   <translation>“{job}”的辅助进程 {seconds} 秒没有任何响应，已被终止。</translation>
  </message>
  <message>
   <source>The helper process for “{job}” needed more memory than it may have ({limit_mb} MB) and was ended.</source>
   <translation>“{job}”的辅助进程所需内存超过上限（{limit_mb} MB），已被终止。</translation>
  </message>
  <message>
   <source>The model {name} cannot be used: {reason}</source>
   <translation>无法使用模型 {name}：{reason}</translation>
  </message>
  <message>
   <source>The passphrase does not open this workspace.</source>
   <translation>口令无法打开此工作区。</translation>
  </message>
  <message>
   <source>The passphrase needs at least {least} characters.</source>
   <translation>口令至少需要 {least} 个字符。</translation>
  </message>
  <message>
   <source>The profile {name} cannot be used: {reason}</source>
   <translation>无法使用档案 {name}：{reason}</translation>
  </message>
  <message>
   <source>The prompt takes {tokens} tokens, and {name} has room for {room} beside an answer of {answer}.</source>
   <translation>提示占 {tokens} 个词元，而 {name} 在留出 {answer} 个词元的回答之外只能容纳 {room} 个。</translation>
  </message>
  <message>
   <source>The training did not settle: after {steps} steps its loss was again and again no number.</source>
   <translation>训练没有收敛：{steps} 步之后误差一再不是有效的数。</translation>
  </message>
  <message>
   <source>The workspace file {path} is cut short: {size} bytes where {expected} belong.</source>
   <translation>工作区文件 {path} 不完整：应有 {expected} 字节，实际只有 {size} 字节。</translation>
  </message>
  <message>
   <source>The workspace file {path} is damaged: {reason}</source>
   <translation>工作区文件 {path} 已损坏：{reason}</translation>
  </message>
  <message>
   <source>The workspace is locked.</source>
   <translation>工作区已锁定。</translation>
  </message>
  <message>
   <source>The workspace is unharmed. Close other programs, or use less data at once.</source>
   <translation>工作区没有受损。请关闭其他程序，或一次使用较少的数据。</translation>
  </message>
  <message>
   <source>The workspace is unharmed. Try again; if it happens with one file only, leave that file out.</source>
   <translation>工作区没有受损。请重试；如果只有某一个文件出现这种情况，请不要包含该文件。</translation>
  </message>
  <message>
   <source>The workspace was made by a newer Casemate (format {found}; this program reads up to {known}).</source>
   <translation>此工作区由较新的 Casemate 创建（格式 {found}；本程序最高支持 {known}）。</translation>
  </message>
  <message>
   <source>The workspace {path} is already open in another Casemate (process {pid}).</source>
   <translation>工作区 {path} 已在另一个 Casemate 中打开（进程 {pid}）。</translation>
  </message>
  <message>
   <source>The workspace {path} needs a passphrase, and none was given.</source>
   <translation>工作区 {path} 需要口令，但没有提供。</translation>
  </message>
  <message>
   <source>There is no file or folder {path}.</source>
   <translation>没有文件或文件夹 {path}。</translation>
  </message>
  <message>
   <source>There is no {what} named {name}.</source>
   <translation>没有名为 {name} 的{what}。</translation>
  </message>
  <message>
   <source>This installation has no {what}, so {name} cannot run.</source>
   <translation>此安装中没有 {what}，因此无法运行 {name}。</translation>
  </message>
  <message>
   <source>Try again; capital letters and spaces count. Without the passphrase the data cannot be read by anyone.</source>
   <translation>请重试，注意大小写和空格。没有口令，任何人都无法读取数据。</translation>
  </message>
  <message>
   <source>Unlock it with your passphrase first.</source>
   <translation>请先用口令解锁。</translation>
  </message>
  <message>
   <source>What had been stored is intact. Unlock the workspace and try again.</source>
   <translation>已保存的内容完好无损。请解锁工作区后重试。</translation>
  </message>
  <message>
   <source>{pack} and its data know no such person.</source>
   <translation>{pack} 及其数据中没有这个人。</translation>
  </message>
  <message>
   <source>{path} cannot be used as a generator: {reason}</source>
   <translation>{path} 不能用作生成模型：{reason}</translation>
  </message>
  <message>
   <source>{path} cannot be used: {reason}</source>
   <translation>无法使用 {path}：{reason}</translation>
  </message>
  <message>
   <source>{path} has no column {missing}; its columns are: {columns}.</source>
   <translation>{path} 没有列 {missing}；它的列有：{columns}。</translation>
  </message>
  <message>
   <source>{path} is not a backup that this passphrase opens.</source>
   <translation>{path} 不是能用此口令打开的备份。</translation>
  </message>
  <message>
   <source>{what} needs about {needed_mb} MB of memory, and {free_mb} MB are free, counting what could be given up for it. Held now: {held}.</source>
   <translation>{what}约需 {needed_mb} MB 内存，算上可以让出的部分共有 {free_mb} MB 可用。目前占用：{held}。</translation>
  </message>
  <message>
   <source>{what} needs about {needed_mb} MB of memory, and {free_mb} MB are free.</source>
   <translation>{what} 大约需要 {needed_mb} MB 内存，可用 {free_mb} MB。</translation>
  </message>
  <message>
   <source>{what} {name} exists already.</source>
   <translation>{what} {name} 已存在。</translation>
  </message>
 </context>
 <context>
  <name>fields</name>
  <message>
   <source>Answer</source>
   <translation>回答</translation>
  </message>
  <message>
   <source>Item number</source>
   <translation>物品编号</translation>
  </message>
  <message>
   <source>Kind of event</source>
   <translation>行为类型</translation>
  </message>
  <message>
   <source>Label</source>
   <translation>标签</translation>
  </message>
  <message>
   <source>Marked names and terms</source>
   <translation>标出的名称和术语</translation>
  </message>
  <message>
   <source>Person</source>
   <translation>人员</translation>
  </message>
  <message>
   <source>Question</source>
   <translation>问题</translation>
  </message>
  <message>
   <source>Text</source>
   <translation>文本</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>时间</translation>
  </message>
  <message>
   <source>Title</source>
   <translation>标题</translation>
  </message>
  <message>
   <source>Value</source>
   <translation>数值</translation>
  </message>
 </context>
 <context>
  <name>files</name>
  <message>
   <source>Failed</source>
   <translation>失败</translation>
  </message>
  <message>
   <source>Gone</source>
   <translation>已消失</translation>
  </message>
  <message>
   <source>Indexed</source>
   <translation>已索引</translation>
  </message>
  <message>
   <source>Removed</source>
   <translation>已移除</translation>
  </message>
  <message>
   <source>Skipped</source>
   <translation>已跳过</translation>
  </message>
  <message>
   <source>Unchanged</source>
   <translation>未变化</translation>
  </message>
 </context>
 <context>
  <name>finding reasons</name>
  <message>
   <source>A repeated text adds nothing new. Copies are kept on one side when texts are held back for the exam.</source>
   <translation>重复的文本没有新内容。留出考试文本时，相同的文本会放在同一边。</translation>
  </message>
  <message>
   <source>A text that was learned cannot serve as an exam question; the result would look better than it is.</source>
   <translation>学过的文本不能当考题，否则成绩会显得比实际好。</translation>
  </message>
  <message>
   <source>Add examples of a second label, for example “other”, and import the table again.</source>
   <translation>请添加第二个标签的例子，例如“其他”，然后重新导入表格。</translation>
  </message>
  <message>
   <source>Everything stays on this machine. A skill that you hand on may have learned from it, so take it out first if you mean to share.</source>
   <translation>所有内容都留在这台电脑上。但交给别人的技能可能学到了其中的内容，如果打算分享，请先删除。</translation>
  </message>
  <message>
   <source>Fill these rows or take them out of the table, and import it again.</source>
   <translation>请补全这些行或从表格中删除，然后重新导入。</translation>
  </message>
  <message>
   <source>Perhaps another column holds the labels: import the table again and choose it.</source>
   <translation>标签也许在另一列：请重新导入表格并选择那一列。</translation>
  </message>
  <message>
   <source>Rare labels are learned badly. Ten examples of each are a start, thirty are good.</source>
   <translation>例子太少的标签学不好。每个标签十个例子可以开始，三十个就不错了。</translation>
  </message>
  <message>
   <source>Texts that are almost the same make an exam too easy if one of them was learned before.</source>
   <translation>几乎相同的文本如果有一条学过，考试就会变得太容易。</translation>
  </message>
  <message>
   <source>The same text cannot be two things at once: decide which label is right, or the skill will waver.</source>
   <translation>同一条文本不能同时属于两类：请决定哪个标签正确，否则技能会摇摆不定。</translation>
  </message>
  <message>
   <source>The skill would rather answer with the frequent label. “Count every label the same” under More options works against it.</source>
   <translation>技能会偏向常见的标签。“更多选项”中的“所有标签同等重要”可以纠正。</translation>
  </message>
  <message>
   <source>These examples do not look like the others of their label. Read them again: some labels may be slips.</source>
   <translation>这些例子不像同一标签的其他例子。请再读一遍：有些标签可能标错了。</translation>
  </message>
  <message>
   <source>They count as different labels. If they mean the same, spell them alike and import the table again.</source>
   <translation>它们会算作不同的标签。如果意思相同，请统一写法后重新导入表格。</translation>
  </message>
  <message>
   <source>What matters should stand near the beginning of a text.</source>
   <translation>重要的内容应当放在文本开头附近。</translation>
  </message>
 </context>
 <context>
  <name>generators</name>
  <message>
   <source>Does not fit: it needs {need} GB, and {free} GB are free</source>
   <translation>放不下：需要 {need} GB，可用 {free} GB</translation>
  </message>
  <message>
   <source>Fits: {need} of {free} GB free</source>
   <translation>放得下：需 {need} GB，可用 {free} GB</translation>
  </message>
  <message>
   <source>In memory: {size}, at work</source>
   <translation>在内存中：{size}，正在工作</translation>
  </message>
  <message>
   <source>In memory: {size}, given back in {left} without a question</source>
   <translation>在内存中：{size}，{left}内没有提问即归还</translation>
  </message>
  <message>
   <source>Its speed on this machine was not measured yet</source>
   <translation>尚未测量它在本机的速度</translation>
  </message>
  <message>
   <source>On this machine: reads {read} and writes {write} tokens a second</source>
   <translation>在本机：每秒读 {read}、写 {write} 个词元</translation>
  </message>
  <message>
   <source>a code or address in it is not in the source</source>
   <translation>其中的代码或地址在来源中没有</translation>
  </message>
  <message>
   <source>a date in it is not in the source</source>
   <translation>其中的日期在来源中没有</translation>
  </message>
  <message>
   <source>a name in it is not in the source</source>
   <translation>其中的名称在来源中没有</translation>
  </message>
  <message>
   <source>a number in it counts something else in the source</source>
   <translation>其中的数字在来源中指的是别的东西</translation>
  </message>
  <message>
   <source>a number in it is not in the source</source>
   <translation>其中的数字在来源中没有</translation>
  </message>
  <message>
   <source>it is not written in the language that was asked for</source>
   <translation>不是用所要求的语言写的</translation>
  </message>
  <message>
   <source>it repeats an order that speaks to a model</source>
   <translation>它重复了对模型下的指令</translation>
  </message>
  <message>
   <source>it says that there is no answer</source>
   <translation>它说没有答案</translation>
  </message>
  <message>
   <source>it says the same again and again</source>
   <translation>反复说同样的话</translation>
  </message>
  <message>
   <source>its length cannot be right</source>
   <translation>长度不可能正确</translation>
  </message>
  <message>
   <source>licence not stated</source>
   <translation>未注明许可证</translation>
  </message>
  <message>
   <source>no sentence of the source says this</source>
   <translation>来源中没有这样的句子</translation>
  </message>
  <message>
   <source>nothing in the source is about this</source>
   <translation>来源中没有相关内容</translation>
  </message>
  <message>
   <source>the generator cannot read so much at once</source>
   <translation>生成模型一次读不了这么多</translation>
  </message>
  <message>
   <source>the source says it without the “not”, or with one</source>
   <translation>来源中没有这个否定，或有否定</translation>
  </message>
  <message>
   <source>the source says the opposite</source>
   <translation>来源的说法相反</translation>
  </message>
  <message>
   <source>{number} {letter} parameters</source>
   <translation>{number} {letter} 参数</translation>
  </message>
  <message>
   <source>{n} min</source>
   <translation>{n} 分钟</translation>
  </message>
  <message>
   <source>{n} s</source>
   <translation>{n} 秒</translation>
  </message>
 </context>
 <context>
  <name>job titles</name>
  <message>
   <source>Add items to {pack}</source>
   <translation>向 {pack} 添加物品</translation>
  </message>
  <message>
   <source>Back up to {path}</source>
   <translation>备份到 {path}</translation>
  </message>
  <message>
   <source>Check the workspace</source>
   <translation>检查工作区</translation>
  </message>
  <message>
   <source>Choose texts of {dataset} to label</source>
   <translation>从 {dataset} 中选择要标注的文本</translation>
  </message>
  <message>
   <source>Compare versions of {pack}</source>
   <translation>比较 {pack} 的版本</translation>
  </message>
  <message>
   <source>Compare versions of {pack} by replay</source>
   <translation>以回放比较 {pack} 的版本</translation>
  </message>
  <message>
   <source>Evaluate {pack}</source>
   <translation>评估 {pack}</translation>
  </message>
  <message>
   <source>Evaluate {pack} on {dataset}</source>
   <translation>在 {dataset} 上评估 {pack}</translation>
  </message>
  <message>
   <source>Export {pack} as {format}</source>
   <translation>将 {pack} 导出为 {format}</translation>
  </message>
  <message>
   <source>Feedback for {pack}</source>
   <translation>{pack} 的反馈</translation>
  </message>
  <message>
   <source>Find entities in {input}</source>
   <translation>在 {input} 中查找名称和术语</translation>
  </message>
  <message>
   <source>Forecast for {dataset}</source>
   <translation>{dataset} 的预测</translation>
  </message>
  <message>
   <source>Forget a person in {pack}</source>
   <translation>从 {pack} 中遗忘一个人</translation>
  </message>
  <message>
   <source>Go on with training {id}</source>
   <translation>继续训练 {id}</translation>
  </message>
  <message>
   <source>Import {name}</source>
   <translation>导入 {name}</translation>
  </message>
  <message>
   <source>Index documents into {collection}</source>
   <translation>将文档编入 {collection}</translation>
  </message>
  <message>
   <source>Label {input}</source>
   <translation>为 {input} 打标签</translation>
  </message>
  <message>
   <source>Learn from feedback into {name}</source>
   <translation>从反馈中学习到 {name}</translation>
  </message>
  <message>
   <source>Learn recommendations {pack}</source>
   <translation>学习推荐 {pack}</translation>
  </message>
  <message>
   <source>Load the samples</source>
   <translation>载入示例</translation>
  </message>
  <message>
   <source>Map of the items of {pack}</source>
   <translation>{pack} 的物品地图</translation>
  </message>
  <message>
   <source>Measure the search in {collection}</source>
   <translation>测量 {collection} 的检索效果</translation>
  </message>
  <message>
   <source>Merge {pack} into {name}</source>
   <translation>将 {pack} 合并到 {name}</translation>
  </message>
  <message>
   <source>Recommend into {output}</source>
   <translation>将推荐写到 {output}</translation>
  </message>
  <message>
   <source>Refresh {collection}</source>
   <translation>更新 {collection}</translation>
  </message>
  <message>
   <source>Teach {pack} what was labelled</source>
   <translation>用新标签教 {pack}</translation>
  </message>
  <message>
   <source>Test conversations</source>
   <translation>测试对话</translation>
  </message>
  <message>
   <source>Train {pack}</source>
   <translation>训练 {pack}</translation>
  </message>
 </context>
 <context>
  <name>kinds</name>
  <message>
   <source>Events</source>
   <translation>行为</translation>
  </message>
  <message>
   <source>Items</source>
   <translation>物品</translation>
  </message>
  <message>
   <source>Labelled texts</source>
   <translation>带标签的文本</translation>
  </message>
  <message>
   <source>Marked-up texts</source>
   <translation>带标注的文本</translation>
  </message>
  <message>
   <source>Questions and answers</source>
   <translation>问答</translation>
  </message>
  <message>
   <source>Texts</source>
   <translation>文本</translation>
  </message>
 </context>
 <context>
  <name>learned</name>
  <message>
   <source>Choose {name} in Chat to use it.</source>
   <translation>在“问答”中选择 {name} 即可使用。</translation>
  </message>
  <message>
   <source>In held-back answers {generator} foresaw {before} of the words, and with what it learned {after} (perplexity {low} instead of {high}).</source>
   <translation>在留出的回答中，{generator} 预见了 {before} 的词，加上所学内容后为 {after}（困惑度 {low}，原为 {high}）。</translation>
  </message>
  <message>
   <source>Of what it wrote from passages, they hold {after}; before it was {before}.</source>
   <translation>它根据段落写出的内容中，{after} 得到段落支持；以前为 {before}。</translation>
  </message>
  <message>
   <source>The version before was better and stays in use.</source>
   <translation>上一版本更好，继续使用它。</translation>
  </message>
 </context>
 <context>
  <name>measured</name>
  <message>
   <source>It learned from {taught} of these {texts} texts: on them it answers from memory, and the figures flatter it.</source>
   <translation>这 {texts} 条文本中有 {taught} 条是它学过的：对这些文本它凭记忆作答，数字偏高。</translation>
  </message>
 </context>
 <context>
  <name>methods</name>
  <message>
   <source>AdaLoRA</source>
   <translation>AdaLoRA 方法</translation>
  </message>
  <message>
   <source>Also learns how texts like yours are written, in a small add-on to the reader. Usually the best result for its time.</source>
   <translation>还会学习您这类文本的写法，记在阅读器的一个小附加部分里。通常最值得花时间。</translation>
  </message>
  <message>
   <source>As the thorough lesson, but it finds out where in the reader the add-on needs more room.</source>
   <translation>与深入课相同，但会自己找出阅读器中哪里需要更大的附加部分。</translation>
  </message>
  <message>
   <source>Compares each text with the words of the labels. Nothing is learned; right while there are hardly any examples.</source>
   <translation>把每条文本与标签的词语比较。什么也不学；适合几乎没有例子的时候。</translation>
  </message>
  <message>
   <source>Complete lesson</source>
   <translation>完整课</translation>
  </message>
  <message>
   <source>From the names alone</source>
   <translation>只凭标签名称</translation>
  </message>
  <message>
   <source>Learned opening words</source>
   <translation>学习开场白</translation>
  </message>
  <message>
   <source>Learns opening words that are put before every text and leaves the reader as it is.</source>
   <translation>学习一段放在每条文本之前的开场白，阅读器本身不变。</translation>
  </message>
  <message>
   <source>Learns which meanings go with which label. Done in seconds, and often good enough.</source>
   <translation>学习什么意思对应什么标签。几秒钟完成，往往已经够用。</translation>
  </message>
  <message>
   <source>Let Casemate choose</source>
   <translation>让 Casemate 选择</translation>
  </message>
  <message>
   <source>LoRA, an add-on file of at most 2 MB</source>
   <translation>LoRA，最多 2 MB 的附加文件</translation>
  </message>
  <message>
   <source>Quick lesson</source>
   <translation>快速课</translation>
  </message>
  <message>
   <source>Thorough lesson</source>
   <translation>深入课</translation>
  </message>
  <message>
   <source>Thorough lesson with shared room</source>
   <translation>自动分配的深入课</translation>
  </message>
  <message>
   <source>Tunes the whole reader to your texts. Takes most time and memory; worth it with thousands of examples.</source>
   <translation>把整个阅读器调整到适合您的文本。最费时间和内存；有上千个例子时才值得。</translation>
  </message>
  <message>
   <source>few-shot head on the unchanged encoder</source>
   <translation>编码器不变，只训练分类头（few-shot）</translation>
  </message>
  <message>
   <source>full fine-tuning</source>
   <translation>全量微调（full fine-tuning）</translation>
  </message>
  <message>
   <source>prefix-tuning</source>
   <translation>前缀微调（prefix-tuning）</translation>
  </message>
  <message>
   <source>zero-shot</source>
   <translation>零样本（zero-shot）</translation>
  </message>
 </context>
 <context>
  <name>metrics</name>
  <message>
   <source>Accuracy</source>
   <translation>准确率</translation>
  </message>
  <message>
   <source>Answerable questions refused</source>
   <translation>错误拒答</translation>
  </message>
  <message>
   <source>Answers that the passages hold</source>
   <translation>有段落支持的答案</translation>
  </message>
  <message>
   <source>Answers with the key fact</source>
   <translation>含关键事实的答案</translation>
  </message>
  <message>
   <source>Calibration error</source>
   <translation>校准误差</translation>
  </message>
  <message>
   <source>Coverage</source>
   <translation>覆盖率</translation>
  </message>
  <message>
   <source>F1</source>
   <translation>F1</translation>
  </message>
  <message>
   <source>Macro F1</source>
   <translation>宏平均 F1</translation>
  </message>
  <message>
   <source>NDCG@10</source>
   <translation>NDCG@10</translation>
  </message>
  <message>
   <source>Precision</source>
   <translation>精确率</translation>
  </message>
  <message>
   <source>Recall</source>
   <translation>召回率</translation>
  </message>
  <message>
   <source>Recall@10</source>
   <translation>召回率@10</translation>
  </message>
  <message>
   <source>Texts learned from</source>
   <translation>学习所用文本</translation>
  </message>
  <message>
   <source>Texts tested on</source>
   <translation>测试所用文本</translation>
  </message>
  <message>
   <source>Unanswerable questions refused</source>
   <translation>正确拒答</translation>
  </message>
 </context>
 <context>
  <name>numbers</name>
  <message>
   <source>under 1 s</source>
   <translation>不到 1 秒</translation>
  </message>
  <message>
   <source>{h} h {m} min</source>
   <translation>{h} 小时 {m} 分</translation>
  </message>
  <message>
   <source>{m} min {s} s</source>
   <translation>{m} 分 {s} 秒</translation>
  </message>
  <message>
   <source>{n} s</source>
   <translation>{n} 秒</translation>
  </message>
 </context>
 <context>
  <name>reasons</name>
  <message>
   <source>*A generator that was taken in from a file. What follows stands in the file.*</source>
   <translation>*从文件导入的生成模型。以下内容出自该文件。*</translation>
  </message>
  <message>
   <source>, a Hugging Face folder; converted here</source>
   <translation>，Hugging Face 文件夹；在本机转换</translation>
  </message>
  <message>
   <source>, and the base's weights were kept as 16-bit numbers</source>
   <translation>，并且基础模型的权重以 16 位数保存</translation>
  </message>
  <message>
   <source>- An adapter may repeat what it was taught word by word: treat its file as private as the answers.</source>
   <translation>- 适配器可能逐字重复所学内容：请像对待这些回答一样为其文件保密。</translation>
  </message>
  <message>
   <source>- Perplexity tells how well answers like the held-out ones are foreseen, not whether an answer is true.</source>
   <translation>- 困惑度说明对留出的这类回答预见得有多好，不说明回答是否属实。</translation>
  </message>
  <message>
   <source>- data set: {0}, {1} conversations taught ({2} tokens of answers), {3} passes, seed {4}</source>
   <translation>- 数据集：{0}，教了 {1} 段对话（回答共 {2} 个词元），{3} 轮，随机种子 {4}</translation>
  </message>
  <message>
   <source>- licence of the base, as its file says: {0}</source>
   <translation>- 基础模型的许可证（按文件所述）：{0}</translation>
  </message>
  <message>
   <source>- measured on: {0} conversations{1}, none of them taught</source>
   <translation>- 测量所用：{0} 段对话{1}，均未用于训练</translation>
  </message>
  <message>
   <source>- training ended early: {0}</source>
   <translation>- 训练提前结束：{0}</translation>
  </message>
  <message>
   <source>- {0}, SHA-256 `{1}`; over any other file the adapter means nothing</source>
   <translation>- {0}，SHA-256 `{1}`；适配器对其他任何文件都没有意义</translation>
  </message>
  <message>
   <source>1 attachment was not read: {0}.</source>
   <translation>有 1 个附件未读取：{0}。</translation>
  </message>
  <message>
   <source>1 row was left out: {0}.</source>
   <translation>略去了 1 行：{0}。</translation>
  </message>
  <message>
   <source>8 bits would lose {0} of F1, so this reader is served in fp32.</source>
   <translation>8 位会损失 {0} 的 F1，因此以 fp32 运行。</translation>
  </message>
  <message>
   <source>8 bits would lose {0} of accuracy, so this skill is served in fp32.</source>
   <translation>8 位会损失 {0} 的正确率，因此此技能以 fp32 运行。</translation>
  </message>
  <message>
   <source>A collection needs a name of 1 to {0} characters.</source>
   <translation>资料库的名称需要 1 到 {0} 个字符。</translation>
  </message>
  <message>
   <source>A correction comes from read or from chat, not from {0}.</source>
   <translation>更正来自阅读或对话，而不是 {0}。</translation>
  </message>
  <message>
   <source>A correction from Read needs the label that the text should have had.</source>
   <translation>来自阅读的更正需要给出文本应有的标签。</translation>
  </message>
  <message>
   <source>A data set needs a name of 1 to {0} characters.</source>
   <translation>数据集的名称需要 1 到 {0} 个字符。</translation>
  </message>
  <message>
   <source>A generator phrased it; of its sentences the passages hold {detail}, and only they are shown.</source>
   <translation>由生成模型措辞；它写的句子中有 {detail} 得到段落支持，只显示这些。</translation>
  </message>
  <message>
   <source>A head on letters alone was taught, since no bundled encoder knows this script.</source>
   <translation>只依据字母训练了分类头，因为没有自带的编码器认识这种文字。</translation>
  </message>
  <message>
   <source>A head on the unchanged encoder was taken: {0} are expected in {1}, and what {2} would add ({3} in {4}) is within the noise of the check.</source>
   <translation>采用了不变编码器上的分类头：预计正确率 {0}，用时 {1}；{2} 能增加的（{3}，用时 {4}）在检验的误差之内。</translation>
  </message>
  <message>
   <source>A head on the unchanged encoder was taught: among {0} texts no method could be told to be better.</source>
   <translation>在不变的编码器上训练了分类头：只有 {0} 条文本，分不出哪种方法更好。</translation>
  </message>
  <message>
   <source>A head was taught, since the encoder of Chinese has no layers that could be adapted.</source>
   <translation>训练了分类头，因为中文编码器没有可调整的层。</translation>
  </message>
  <message>
   <source>A label needs 1 to {0} characters.</source>
   <translation>标签需有 1 到 {0} 个字符。</translation>
  </message>
  <message>
   <source>A list for words cannot be recorded; record lists for people and histories.</source>
   <translation>按文字得出的列表无法记录；请为人和历史记录列表。</translation>
  </message>
  <message>
   <source>A list has 1 to {0} items, not {1}.</source>
   <translation>列表可有 1 到 {0} 件物品，而不是 {1}。</translation>
  </message>
  <message>
   <source>A map has 10 to {0} items, not {1}.</source>
   <translation>地图可有 10 到 {0} 件物品，而不是 {1}。</translation>
  </message>
  <message>
   <source>A merged file is packed as Q8_0, F16 or F32, not as {0}.</source>
   <translation>合并后的文件以 Q8_0、F16 或 F32 打包，而不是 {0}。</translation>
  </message>
  <message>
   <source>A message is by {0}, not by {1}.</source>
   <translation>消息的角色应为 {0}，而不是 {1}。</translation>
  </message>
  <message>
   <source>A model named</source>
   <translation>名为</translation>
  </message>
  <message>
   <source>A note has at most {0} characters; this one has {1}.</source>
   <translation>备注最多 {0} 个字符；这条有 {1} 个。</translation>
  </message>
  <message>
   <source>A number counts something else in what it wrote.</source>
   <translation>它写的某个数字指的是别的东西。</translation>
  </message>
  <message>
   <source>A passage of the documents answers the question.</source>
   <translation>文档中有一段回答了这个问题。</translation>
  </message>
  <message>
   <source>A picture is {0} to {1} pixels wide; not {2}.</source>
   <translation>图片宽 {0} 到 {1} 像素，不能是 {2}。</translation>
  </message>
  <message>
   <source>A precision can only be promised by a skill that was checked on labelled texts.</source>
   <translation>只有在带标签的文本上检验过的技能才能保证精确率。</translation>
  </message>
  <message>
   <source>A precision of {0} cannot be promised from the {1} held-out texts of this skill ({2}), so every text is left to you. Ask for less, or teach with more texts.</source>
   <translation>根据此技能留出的 {1} 条文本，无法保证 {0} 的精确率（{2}），因此所有文本都留给您处理。请降低要求，或用更多文本来教。</translation>
  </message>
  <message>
   <source>A prefix is served in fp32, since 8-bit attention has no place for it.</source>
   <translation>前缀以 fp32 运行，因为 8 位注意力容纳不下它。</translation>
  </message>
  <message>
   <source>A question needs 1 to {0} characters; this one has {1}.</source>
   <translation>问题需有 1 到 {0} 个字符；这个有 {1} 个。</translation>
  </message>
  <message>
   <source>A rating is 1 (good), -1 (bad) or 0 (none).</source>
   <translation>评分只能是 1（好）、-1（差）或 0（无）。</translation>
  </message>
  <message>
   <source>A search of {0} s tried {1} settings ({2} ended early) and took {3}: {4} against {5} with the usual ones, on texts that the report leaves aside.</source>
   <translation>用 {0} 秒试了 {1} 组设置（{2} 组提前结束），采用了 {3}：{4}，常规设置为 {5}（在报告未用的文本上测得）。</translation>
  </message>
  <message>
   <source>A short run on {0} texts had {1} of {2} wrong where a head had {3}.</source>
   <translation>用 {0} 条文本试训：{2} 条中错 {1} 条，而分类头错 {3} 条。</translation>
  </message>
  <message>
   <source>A text to learn from needs 1 to {0} characters; it has {1}.</source>
   <translation>可学习的文本需有 1 到 {0} 个字符；它有 {1} 个。</translation>
  </message>
  <message>
   <source>A title needs 1 to {0} characters.</source>
   <translation>标题需要 1 到 {0} 个字符。</translation>
  </message>
  <message>
   <source>A tone is formal, friendly or short, not {0}.</source>
   <translation>语气可为 formal、friendly 或 short，不能是 {0}。</translation>
  </message>
  <message>
   <source>A translation is into en or zh, not {0}.</source>
   <translation>只能译成 en 或 zh，不能译成 {0}。</translation>
  </message>
  <message>
   <source>After the check all texts were learned anew, the held-out ones too, in {0} passes.</source>
   <translation>检验之后，用 {0} 轮重新学习了全部文本，包括留出的文本。</translation>
  </message>
  <message>
   <source>Among the {0} most chosen in “{1}”.</source>
   <translation>在“{1}”中属于被选择最多的 {0} 件。</translation>
  </message>
  <message>
   <source>An answer needs 1 to {0} characters; this one has {1}.</source>
   <translation>答案需有 1 到 {0} 个字符；这个有 {1} 个。</translation>
  </message>
  <message>
   <source>An answer takes at most {0} other ways to put its question.</source>
   <translation>一个答案最多有 {0} 种其他问法。</translation>
  </message>
  <message>
   <source>An intent has at most {0} characters.</source>
   <translation>意图最多 {0} 个字符。</translation>
  </message>
  <message>
   <source>And {0} more.</source>
   <translation>另有 {0} 个。</translation>
  </message>
  <message>
   <source>Answer {0} comes from {1}, line {2}: change it there and index the file again, or save an answer of your own.</source>
   <translation>答案 {0} 来自 {1} 第 {2} 行：请在那里修改并重新收录该文件，或另存一条自己的答案。</translation>
  </message>
  <message>
   <source>Answer {0} of {1} has this question, or another way to put it, already. Change that one.</source>
   <translation>{1} 的答案 {0} 已有这个问题或它的另一种问法。请修改那一条。</translation>
  </message>
  <message>
   <source>Answer {0} stands in the collection {1}, not in {2}.</source>
   <translation>答案 {0} 属于资料库 {1}，不属于 {2}。</translation>
  </message>
  <message>
   <source>At most 3 layers can be adapted, and {0} were asked for: the lower three are shared by all skills.</source>
   <translation>最多可调整 3 层，而要求了 {0} 层：下面三层由所有技能共用。</translation>
  </message>
  <message>
   <source>At most {0} stop texts of 1 to {1} characters.</source>
   <translation>最多 {0} 个停止文本，每个 1 到 {1} 个字符。</translation>
  </message>
  <message>
   <source>Between 0 and {0} texts can be shown at once; not {1}.</source>
   <translation>一次可显示 0 到 {0} 条文本，不能是 {1}。</translation>
  </message>
  <message>
   <source>Between 1 and {0} texts can be chosen at once; not {1}.</source>
   <translation>一次可选 1 到 {0} 条文本，不能是 {1}。</translation>
  </message>
  <message>
   <source>By lot, to learn from: {0}</source>
   <translation>为了学习而随机选入：{0}</translation>
  </message>
  <message>
   <source>Chosen by {0} of {1} people.</source>
   <translation>{1} 人中有 {0} 人选择。</translation>
  </message>
  <message>
   <source>Codes or addresses are others in what it wrote.</source>
   <translation>它写的代码或地址不同。</translation>
  </message>
  <message>
   <source>Dates such as 03/04/2024 were read with the month first; nothing in the file says which.</source>
   <translation>03/04/2024 这样的日期按月在前读取；文件中没有说明是哪一种。</translation>
  </message>
  <message>
   <source>Diversity is one of {0}, not “{1}”.</source>
   <translation>多样性应为 {0} 之一，而不是“{1}”。</translation>
  </message>
  <message>
   <source>Documents answer the question, and they do not agree.</source>
   <translation>有文档回答了这个问题，但说法不一。</translation>
  </message>
  <message>
   <source>Documents answer the question, and they {0}.</source>
   <translation>文档回答了这个问题，但它们{0}。</translation>
  </message>
  <message>
   <source>Each of the {0} labels has a single text: it is taken for the label's description (zero-shot), and nothing is left to check with.</source>
   <translation>{0} 个标签各只有一条文本：它会被当作标签的说明（零样本），没有可用来检验的文本。</translation>
  </message>
  <message>
   <source>Entities begin or end within words here, so words are split into smaller parts.</source>
   <translation>这里的实体会在词的中间开始或结束，因此把词切成更小的部分。</translation>
  </message>
  <message>
   <source>Events left out: {0} about items that are not in the item list (such as {1}).</source>
   <translation>略去的行为：{0} 条涉及不在物品清单中的物品（例如 {1}）。</translation>
  </message>
  <message>
   <source>Events left out: {0} without a user or an item.</source>
   <translation>略去的行为：{0} 条没有用户或物品。</translation>
  </message>
  <message>
   <source>Every conversation of {0} is also taught; name other ones.</source>
   <translation>{0} 的每段对话也都用于训练；请指定其他对话。</translation>
  </message>
  <message>
   <source>Exploring needs the list to be recorded: without a record it teaches nothing.</source>
   <translation>探索需要记录列表：没有记录就什么也学不到。</translation>
  </message>
  <message>
   <source>Figures are per {0}, not per “{1}”.</source>
   <translation>统计可按 {0}，不能按“{1}”。</translation>
  </message>
  <message>
   <source>Figures can be told for 1 to {0} days; not {1}.</source>
   <translation>可统计 1 到 {0} 天；不能是 {1}。</translation>
  </message>
  <message>
   <source>From 1 to {0} answers can be listed at once; not {1}.</source>
   <translation>一次可列出 1 到 {0} 个答案；不能是 {1}。</translation>
  </message>
  <message>
   <source>From 1 to {0} items can be listed at once; not {1}.</source>
   <translation>一次可列出 1 到 {0} 项；不能是 {1}。</translation>
  </message>
  <message>
   <source>Generators are taught by the method lora, not by {0}.</source>
   <translation>生成模型用 lora 方法来教，而不是 {0}。</translation>
  </message>
  <message>
   <source>Give a person or a history, not both.</source>
   <translation>请给出一个人或一段历史，不要同时给出。</translation>
  </message>
  <message>
   <source>Give either a JSON schema or a grammar.</source>
   <translation>请给出 JSON 模式或语法，二者择一。</translation>
  </message>
  <message>
   <source>Give either a skill or labels, not both.</source>
   <translation>请给出技能或标签，不要同时给出。</translation>
  </message>
  <message>
   <source>Give either messages or a prompt.</source>
   <translation>请给出消息或提示，二者择一。</translation>
  </message>
  <message>
   <source>Give one of a text, a document and a conversation.</source>
   <translation>请给出文本、文档、对话三者之一。</translation>
  </message>
  <message>
   <source>Give two different versions of {0} to compare.</source>
   <translation>请给出 {0} 的两个不同版本来比较。</translation>
  </message>
  <message>
   <source>Give {0} to {1} different labels, separated by commas; {2} were given.</source>
   <translation>请给出 {0} 到 {1} 个不同的标签，以逗号分隔；给出了 {2} 个。</translation>
  </message>
  <message>
   <source>I am handing this over to a colleague, who will see our conversation and get back to you.</source>
   <translation>我把这件事转交给同事，对方会看到我们的对话并回复您。</translation>
  </message>
  <message>
   <source>I am very sorry that things are so hard right now. You do not have to carry this alone, and it was right to say it. I am asking a person to talk with you. If there is danger at this moment, please call the emergency number of the place where you are, or go to somebody you trust.</source>
   <translation>您现在这么难受，我很难过。您不必独自承受，说出来是对的。我正请一位同事与您联系。如果此刻有危险，请拨打当地的急救电话，或去找您信任的人。</translation>
  </message>
  <message>
   <source>I can see that you are upset, and I am sorry about that. I am handing this over to a person who will look into it.</source>
   <translation>我看得出您很不满，对此我很抱歉。我会转交人工来处理。</translation>
  </message>
  <message>
   <source>I could not find that in your message.</source>
   <translation>我没有在您的消息中找到它。</translation>
  </message>
  <message>
   <source>I found no other answer to that.</source>
   <translation>没有找到其他答案。</translation>
  </message>
  <message>
   <source>I have no answer to that.</source>
   <translation>这个问题我没有答案。</translation>
  </message>
  <message>
   <source>It brings no chat template; conversations are put to it in plain words.</source>
   <translation>它没有自带对话模板；对话以普通文字交给它。</translation>
  </message>
  <message>
   <source>It cannot read so much at once.</source>
   <translation>它一次读不了这么多。</translation>
  </message>
  <message>
   <source>It did not write in that language.</source>
   <translation>它不是用该语言写的。</translation>
  </message>
  <message>
   <source>It needs about {0} MB of memory, and {1} MB are free.</source>
   <translation>大约需要 {0} MB 内存，目前可用 {1} MB。</translation>
  </message>
  <message>
   <source>It suits what was chosen before.</source>
   <translation>它适合以前选择过的内容。</translation>
  </message>
  <message>
   <source>It wrote nothing new.</source>
   <translation>它没有写出新内容。</translation>
  </message>
  <message>
   <source>Its chat template cannot be used: {0}</source>
   <translation>它的对话模板不能使用：{0}</translation>
  </message>
  <message>
   <source>Its description is close to your words.</source>
   <translation>它的说明与您的文字相近。</translation>
  </message>
  <message>
   <source>Its description is close to {0}.</source>
   <translation>描述与{0}相近。</translation>
  </message>
  <message>
   <source>Its description is close to “{0}”.</source>
   <translation>它的说明与“{0}”相近。</translation>
  </message>
  <message>
   <source>Its title has “{0}”.</source>
   <translation>它的标题含有“{0}”。</translation>
  </message>
  <message>
   <source>Labels alone are not enough for “{0}”: the bundled encoders do not know this script. Teach the skill with a few labelled texts per label instead; that works for any script.</source>
   <translation>对“{0}”来说只有标签不够：自带的编码器不认识这种文字。请为每个标签给出几条带标签的文本来教这项技能；这适用于任何文字。</translation>
  </message>
  <message>
   <source>Learning recommendations</source>
   <translation>学习推荐</translation>
  </message>
  <message>
   <source>Lists left out, since they were recorded without chances: {0}.</source>
   <translation>因记录时没有概率而略去的列表：{0} 份。</translation>
  </message>
  <message>
   <source>Look for the device</source>
   <translation>查找设备</translation>
  </message>
  <message>
   <source>Name a collection, or a profile that has one.</source>
   <translation>请指定一个资料库，或含有资料库的档案。</translation>
  </message>
  <message>
   <source>Name at least one item.</source>
   <translation>请至少指定一件物品。</translation>
  </message>
  <message>
   <source>Name the conversation of the answer that shall be given again.</source>
   <translation>请指明要重新回答的答案所在的对话。</translation>
  </message>
  <message>
   <source>Name the generator that is taught (--base); `models generators` lists them.</source>
   <translation>请指定要教的生成模型（--base）；用 `models generators` 可列出它们。</translation>
  </message>
  <message>
   <source>Neither an approved answer nor a passage of the documents answers the question.</source>
   <translation>没有核准的回答，文档中也没有段落能回答这个问题。</translation>
  </message>
  <message>
   <source>No column is named for “label”; “{0}” was taken because its values repeat.</source>
   <translation>没有列名为“label”；因“{0}”的值重复出现，已采用它。</translation>
  </message>
  <message>
   <source>No column is named for “text”; “{0}” was taken because its values are texts.</source>
   <translation>没有列名为“text”；因“{0}”的内容是文本，已采用它。</translation>
  </message>
  <message>
   <source>No difference can be told between version {0} ({1}) and version {2} ({3}): the interval of the difference holds 0.</source>
   <translation>看不出第 {0} 版（{1}）与第 {2} 版（{3}）之间有差别：差值的区间包含 0。</translation>
  </message>
  <message>
   <source>No document could be used.</source>
   <translation>没有一份文档可用。</translation>
  </message>
  <message>
   <source>No documents were given, or the folder holds none.</source>
   <translation>没有给出文档，或文件夹中没有文档。</translation>
  </message>
  <message>
   <source>No other mode is better than {0} with {1} certainty on these {2} questions.</source>
   <translation>在这 {2} 个问题上，没有其他方式能以 {1} 的把握优于 {0}。</translation>
  </message>
  <message>
   <source>No price is known to compare with, so that “cheaper” or “dearer” did not count.</source>
   <translation>没有可比较的价格，因此没有考虑“更便宜”或“更贵”。</translation>
  </message>
  <message>
   <source>No text has a marked entity; there is nothing to learn.</source>
   <translation>没有任何文本带有标记，无从学习。</translation>
  </message>
  <message>
   <source>No unlabelled text was learned: that {0} of the guessed labels are right cannot be promised ({1}). Label more texts first.</source>
   <translation>没有学习任何无标签文本：无法保证猜测的标签有 {0} 是对的（{1}）。请先多标注一些文本。</translation>
  </message>
  <message>
   <source>Nobody has chosen it yet.</source>
   <translation>还没有人选择过。</translation>
  </message>
  <message>
   <source>None of the events can be used: {0}.</source>
   <translation>没有一条行为可用：{0}。</translation>
  </message>
  <message>
   <source>None of {0} unlabelled texts was sure enough to be learned.</source>
   <translation>{0} 条无标签文本中没有一条把握足够大、可供学习。</translation>
  </message>
  <message>
   <source>Not found in the translation, check them: {0}.</source>
   <translation>译文中没有找到，请检查：{0}。</translation>
  </message>
  <message>
   <source>Nothing of what the generator wrote is shown: the text does not hold it ({0} sentences).</source>
   <translation>生成模型所写的内容一句也不显示：文本不支持它们（{0} 句）。</translation>
  </message>
  <message>
   <source>Nothing was asked before message {0}, so there is nothing to hand over.</source>
   <translation>在消息 {0} 之前没有提问，因此没有可转交的内容。</translation>
  </message>
  <message>
   <source>Nothing was labelled or skipped for {0} that could be taken back.</source>
   <translation>{0} 没有可撤回的标注或跳过。</translation>
  </message>
  <message>
   <source>Nothing was left to chance in these lists: only places where a version shows the same count.</source>
   <translation>这些列表没有留下随机的位置：只计入某个版本会展示相同物品的位置。</translation>
  </message>
  <message>
   <source>Nothing was said yet.</source>
   <translation>还没有说过什么。</translation>
  </message>
  <message>
   <source>Numbers or dates are others in what it wrote.</source>
   <translation>它写的数字或日期不同。</translation>
  </message>
  <message>
   <source>Numbers, dates and codes are the same in both texts; whether the words mean the same was not checked.</source>
   <translation>两段文字的数字、日期和代码一致；没有检查意思是否相同。</translation>
  </message>
  <message>
   <source>Of course. I am handing you over to a colleague, who will see our conversation.</source>
   <translation>好的。我为您转接同事，对方会看到我们的对话。</translation>
  </message>
  <message>
   <source>On {0} conversations that neither was taught, the version before has a perplexity of {1} and this one {2}; {3} is in use.</source>
   <translation>在双方都没学过的 {0} 段对话上，上一版本的困惑度为 {1}，此版本为 {2}；正在使用的是{3}。</translation>
  </message>
  <message>
   <source>One word per row was found; rows were put together to sentences.</source>
   <translation>每行只有一个词；已把各行合成句子。</translation>
  </message>
  <message>
   <source>Only pages of PDF files have a picture; the text is shown instead.</source>
   <translation>只有 PDF 文件的页才有图片；这里显示文本。</translation>
  </message>
  <message>
   <source>Only the first {0} characters were looked at; the score is theirs.</source>
   <translation>只看了前 {0} 个字符；分数是这一部分的。</translation>
  </message>
  <message>
   <source>Only {0} people have two or more items; usual settings were used.</source>
   <translation>只有 {0} 人有两件以上物品；采用了常规设置。</translation>
  </message>
  <message>
   <source>PDF, Word (docx), HTML, Markdown, plain text and tables of questions and answers</source>
   <translation>PDF、Word（docx）、HTML、Markdown、纯文本以及问答表格</translation>
  </message>
  <message>
   <source>PEFT's LoRA layout has no place for {0}, which taught {1}; export it as ONNX instead.</source>
   <translation>PEFT 的 LoRA 格式容纳不下 {0}，它训练的是{1}；请改为导出 ONNX。</translation>
  </message>
  <message>
   <source>People who chose {0} often chose this too.</source>
   <translation>选择了{0}的人也常选择这个。</translation>
  </message>
  <message>
   <source>Placed here by a rule.</source>
   <translation>由规则放在这里。</translation>
  </message>
  <message>
   <source>Please tell me: {slot}.</source>
   <translation>请告诉我：{slot}。</translation>
  </message>
  <message>
   <source>PyTorch is not part of this installation.</source>
   <translation>此安装不含 PyTorch。</translation>
  </message>
  <message>
   <source>Rows are either added to a data set or put in its place, not both.</source>
   <translation>行可以添加到数据集，也可以替换数据集，二者择一。</translation>
  </message>
  <message>
   <source>Save it as {0} first.</source>
   <translation>请先另存为 {0}。</translation>
  </message>
  <message>
   <source>Say in a few words what it should be like.</source>
   <translation>请用几个词说明它应该是什么样的。</translation>
  </message>
  <message>
   <source>Say which intent {0} should learn for this question.</source>
   <translation>请说明 {0} 应为这个问题学习哪个意图。</translation>
  </message>
  <message>
   <source>Search settings for {0}</source>
   <translation>为 {0} 搜索设置</translation>
  </message>
  <message>
   <source>Slide {0} is hidden and was left out.</source>
   <translation>第 {0} 张幻灯片是隐藏的，已略去。</translation>
  </message>
  <message>
   <source>Slides {0} are hidden and were left out.</source>
   <translation>第 {0} 张幻灯片是隐藏的，都已略去。</translation>
  </message>
  <message>
   <source>Spaces around the {0} were removed in {1} row.</source>
   <translation>已去掉 {1} 行中 {0} 两端的空格。</translation>
  </message>
  <message>
   <source>Spaces around the {0} were removed in {1} rows.</source>
   <translation>已去掉 {1} 行中 {0} 两端的空格。</translation>
  </message>
  <message>
   <source>Stopped early: F1 on held-out texts was best after pass {0}.</source>
   <translation>提前结束：留出文本上的 F1 在第 {0} 轮后最好。</translation>
  </message>
  <message>
   <source>That is outside of what I can help with. I am passing it on to a colleague, in case somebody can.</source>
   <translation>这超出了我能帮助的范围。我会转给同事，看是否有人能帮忙。</translation>
  </message>
  <message>
   <source>The JSON schema cannot be used ({0}: {1}).</source>
   <translation>JSON 模式不能使用（{0}：{1}）。</translation>
  </message>
  <message>
   <source>The adapted layers count {0}, the head on the unchanged encoder {1}.</source>
   <translation>调整过的层占 {0}，不变编码器上的分类头占 {1}。</translation>
  </message>
  <message>
   <source>The answer needs “{detail}”, which has not been said yet.</source>
   <translation>回答需要“{detail}”，对方还没有说明。</translation>
  </message>
  <message>
   <source>The answer was wanted from another source, and there is none.</source>
   <translation>要求从其他来源回答，但没有其他来源。</translation>
  </message>
  <message>
   <source>The audit log is broken at entry {0}.</source>
   <translation>审计日志在第 {0} 条处断裂。</translation>
  </message>
  <message>
   <source>The bundled encoder does not know the script of these texts.</source>
   <translation>自带的编码器不认识这些文本的文字。</translation>
  </message>
  <message>
   <source>The bundled encoder does not know this script; the reader goes by letters and neighbours alone.</source>
   <translation>自带的编码器不认识这种文字；只依据字母和相邻的词来判断。</translation>
  </message>
  <message>
   <source>The collection {0} has neither headings nor a FAQ to make questions of; give a file of questions.</source>
   <translation>资料库 {0} 既没有标题也没有问答表可用来生成问题；请提供问题文件。</translation>
  </message>
  <message>
   <source>The collection {0} watches no folder yet.</source>
   <translation>资料库 {0} 还没有监视任何文件夹。</translation>
  </message>
  <message>
   <source>The column {0} cannot be two fields at once.</source>
   <translation>列 {0} 不能同时作为两个字段。</translation>
  </message>
  <message>
   <source>The correction needs the name of a skill.</source>
   <translation>更正需要技能的名称。</translation>
  </message>
  <message>
   <source>The customer asked for a person.</source>
   <translation>客户要求人工。</translation>
  </message>
  <message>
   <source>The customer confirmed “{detail}”.</source>
   <translation>客户确认了“{detail}”。</translation>
  </message>
  <message>
   <source>The customer did not want to go on.</source>
   <translation>客户不想继续。</translation>
  </message>
  <message>
   <source>The customer was asked for “{detail}” twice and did not give it.</source>
   <translation>两次向客户询问“{detail}”，都没有得到。</translation>
  </message>
  <message>
   <source>The data set</source>
   <translation>数据集</translation>
  </message>
  <message>
   <source>The data set needs a name.</source>
   <translation>数据集需要一个名称。</translation>
  </message>
  <message>
   <source>The data set {0} was changed or removed since the training of {1} was interrupted, or another version of {2} was put to use, so that it cannot go on. Train it anew.</source>
   <translation>自 {1} 的训练中断以来，数据集 {0} 已被更改或删除，或已启用 {2} 的其他版本，因此无法继续。请重新训练。</translation>
  </message>
  <message>
   <source>The encoding is not marked; {0} was guessed. Check the texts.</source>
   <translation>没有注明编码；猜测为 {0}。请检查文本。</translation>
  </message>
  <message>
   <source>The file</source>
   <translation>文件</translation>
  </message>
  <message>
   <source>The file breaks off before its end.</source>
   <translation>文件在结尾前中断。</translation>
  </message>
  <message>
   <source>The file has changed since it was indexed; refresh the collection to see its pages.</source>
   <translation>文件在编入后已改动；请更新资料库以查看各页。</translation>
  </message>
  <message>
   <source>The file {0} is no longer there; only its text was kept.</source>
   <translation>文件 {0} 已不在；只保留了它的文本。</translation>
  </message>
  <message>
   <source>The first {0} of {1} texts were taught; more would not fit into memory.</source>
   <translation>{1} 条文本中教了前 {0} 条；更多则内存不够。</translation>
  </message>
  <message>
   <source>The folder cannot be read: {0}.</source>
   <translation>无法读取文件夹：{0}。</translation>
  </message>
  <message>
   <source>The folder is empty.</source>
   <translation>文件夹是空的。</translation>
  </message>
  <message>
   <source>The folder is not there; if it is on a drive or a share, connect it.</source>
   <translation>文件夹不在那里；如果它在外接盘或共享上，请先连接。</translation>
  </message>
  <message>
   <source>The gain over a head is what adapting usually brings; there was no time to measure it here.</source>
   <translation>相对分类头的提升取调整编码器的通常幅度；没有时间在此实测。</translation>
  </message>
  <message>
   <source>The generator did not translate it. {0} A model that was not taught both languages cannot translate.</source>
   <translation>生成模型没有译出。{0}没有学过两种语言的模型无法翻译。</translation>
  </message>
  <message>
   <source>The generator found no answer in the passages, so one is quoted.</source>
   <translation>生成模型在段落中没有找到答案，因此引用原文。</translation>
  </message>
  <message>
   <source>The grammar cannot be read; it needs a rule named root.</source>
   <translation>语法无法读取；它需要名为 root 的规则。</translation>
  </message>
  <message>
   <source>The held-out texts were answered without them.</source>
   <translation>回答留出文本时没有用到它们。</translation>
  </message>
  <message>
   <source>The held-out texts were learned in {0} more passes with small steps, after the check.</source>
   <translation>检验之后，又以小步长用 {0} 轮学习了留出的文本。</translation>
  </message>
  <message>
   <source>The hit rate falls: {0}. Learn anew from newer events, or look at what has changed.</source>
   <translation>点击率在下降：{0}。请用较新的行为重新学习，或看看有什么变化。</translation>
  </message>
  <message>
   <source>The hit rate holds: {0}, a difference that chance alone makes.</source>
   <translation>点击率保持稳定：{0}，这样的差别可能只是偶然。</translation>
  </message>
  <message>
   <source>The hit rate rises: {0}.</source>
   <translation>点击率在上升：{0}。</translation>
  </message>
  <message>
   <source>The item data set of this recommender is gone: the new items are in the model alone.</source>
   <translation>此推荐器的物品数据集已不在：新物品只在模型中。</translation>
  </message>
  <message>
   <source>The label smoothing must lie between 0 and {0}; {1} given.</source>
   <translation>标签平滑须在 0 与 {0} 之间；给出的是 {1}。</translation>
  </message>
  <message>
   <source>The labels are unequal: “{0}” has {1} rows, “{2}” {3}.</source>
   <translation>标签数量悬殊：“{0}”有 {1} 行，“{2}”有 {3} 行。</translation>
  </message>
  <message>
   <source>The largest weight is at least 1, not {0}.</source>
   <translation>最大权重至少为 1，而不是 {0}。</translation>
  </message>
  <message>
   <source>The last day {0} has passed already.</source>
   <translation>最后一天 {0} 已经过去。</translation>
  </message>
  <message>
   <source>The learning rate must lie between 0 and {0}; {1} was given.</source>
   <translation>学习率须在 0 与 {0} 之间；给出的是 {1}。</translation>
  </message>
  <message>
   <source>The list begins at 0 or later; not at {0}.</source>
   <translation>列表从 0 或之后开始，不能从 {0} 开始。</translation>
  </message>
  <message>
   <source>The loss was no number again and again; the best state so far was kept.</source>
   <translation>损失一再不是数；保留了目前最好的状态。</translation>
  </message>
  <message>
   <source>The loss was no number {0} times; training went back and took smaller steps.</source>
   <translation>损失有 {0} 次不是数；训练退回并改用更小的步长。</translation>
  </message>
  <message>
   <source>The loss was no number; training went back to its best state with half the rate.</source>
   <translation>损失不是数；训练退回到最佳状态，学习率减半。</translation>
  </message>
  <message>
   <source>The message fits several intents: {detail}.</source>
   <translation>消息符合多个意图：{detail}。</translation>
  </message>
  <message>
   <source>The message is a greeting.</source>
   <translation>消息是问候。</translation>
  </message>
  <message>
   <source>The message is about something else (“{detail}”).</source>
   <translation>消息说的是别的事（“{detail}”）。</translation>
  </message>
  <message>
   <source>The message is abusive.</source>
   <translation>消息带有辱骂。</translation>
  </message>
  <message>
   <source>The message probably means “{detail}”, but not surely enough.</source>
   <translation>消息可能是指“{detail}”，但把握不够。</translation>
  </message>
  <message>
   <source>The message says thanks.</source>
   <translation>消息是道谢。</translation>
  </message>
  <message>
   <source>The message speaks of self-harm.</source>
   <translation>消息提到自我伤害。</translation>
  </message>
  <message>
   <source>The message was understood as “{detail}”, which has an approved answer.</source>
   <translation>消息被理解为“{detail}”，它有核准的回答。</translation>
  </message>
  <message>
   <source>The method {0} was taken, since options were set that only adapting has.</source>
   <translation>采用了方法 {0}，因为所设的选项只有调整编码器时才有。</translation>
  </message>
  <message>
   <source>The method {0} was taken: {1} are expected in {2}, against {3} by {4} in {5}.</source>
   <translation>采用了方法 {0}：预计正确率 {1}，用时 {2}；相比之下 {4} 为 {3}，用时 {5}。</translation>
  </message>
  <message>
   <source>The method {0} was taken: {1} are expected in {2}.</source>
   <translation>采用了方法 {0}：预计正确率 {1}，用时 {2}。</translation>
  </message>
  <message>
   <source>The name ends in {0}, but the file holds {1}; it was read as that.</source>
   <translation>文件名以 {0} 结尾，但内容是 {1}；已按后者读取。</translation>
  </message>
  <message>
   <source>The name of a data set may not hold control characters.</source>
   <translation>数据集的名称不能含有控制字符。</translation>
  </message>
  <message>
   <source>The name of an owner has at most {0} characters.</source>
   <translation>负责人姓名最多 {0} 个字符。</translation>
  </message>
  <message>
   <source>The output would overwrite the input; choose another file for it.</source>
   <translation>输出会覆盖输入；请另选一个输出文件。</translation>
  </message>
  <message>
   <source>The page could not be drawn: {0}</source>
   <translation>无法绘制该页：{0}</translation>
  </message>
  <message>
   <source>The passages do not fit into what the generator can read, so one is quoted.</source>
   <translation>段落超出生成模型可读的长度，因此引用原文。</translation>
  </message>
  <message>
   <source>The passages hold {0} of {1} sentences that the generator wrote, so one is quoted.</source>
   <translation>生成模型写出的 {1} 句中，段落只支持 {0} 句，因此引用原文。</translation>
  </message>
  <message>
   <source>The precision must lie between 0 and 1, for example 0.98; {0} was given.</source>
   <translation>精确率必须在 0 和 1 之间，例如 0.98；给出的是 {0}。</translation>
  </message>
  <message>
   <source>The prompt has {0} characters; the most is {1}.</source>
   <translation>提示有 {0} 个字符；最多 {1} 个。</translation>
  </message>
  <message>
   <source>The prompt is empty.</source>
   <translation>提示为空。</translation>
  </message>
  <message>
   <source>The query is empty.</source>
   <translation>查询是空的。</translation>
  </message>
  <message>
   <source>The question has {0} characters; the most is {1}.</source>
   <translation>问题有 {0} 个字符；最多 {1} 个。</translation>
  </message>
  <message>
   <source>The question is empty.</source>
   <translation>问题是空的。</translation>
  </message>
  <message>
   <source>The question was asked again and still has no answer.</source>
   <translation>问题再次提出，仍然没有答案。</translation>
  </message>
  <message>
   <source>The radius of adversarial training must lie between 0 and {0}; {1} was given.</source>
   <translation>对抗训练的半径须在 0 与 {0} 之间；给出的是 {1}。</translation>
  </message>
  <message>
   <source>The rank {0} is larger than the base's own matrices; give a smaller one.</source>
   <translation>秩 {0} 大于基础模型自身的矩阵；请给一个较小的。</translation>
  </message>
  <message>
   <source>The reader {0} knows no entity “{1}”, which the slot “{2}” wants.</source>
   <translation>阅读器 {0} 不认识信息项“{2}”所需的实体“{1}”。</translation>
  </message>
  <message>
   <source>The rule in_stock is “yes” or “no”, not “{0}”.</source>
   <translation>规则 in_stock 应为“yes”或“no”，而不是“{0}”。</translation>
  </message>
  <message>
   <source>The rule {0} needs a whole number from {1} to {2}, not “{3}”.</source>
   <translation>规则 {0} 需要 {1} 到 {2} 的整数，而不是“{3}”。</translation>
  </message>
  <message>
   <source>The rule {0} needs {1}.</source>
   <translation>规则 {0} 需要{1}。</translation>
  </message>
  <message>
   <source>The rule “{detail}” applies.</source>
   <translation>适用规则“{detail}”。</translation>
  </message>
  <message>
   <source>The schema or grammar is longer than {0} characters.</source>
   <translation>模式或语法超过 {0} 个字符。</translation>
  </message>
  <message>
   <source>The second look was left out: LightGBM does not load here ({0}).</source>
   <translation>未做第二次排序：LightGBM 无法在此加载（{0}）。</translation>
  </message>
  <message>
   <source>The setting {0} goes from {1}, not {2}.</source>
   <translation>设置 {0} 的范围是 {1}，而不是 {2}。</translation>
  </message>
  <message>
   <source>The setting {0} takes a value of type {1}, not {2}.</source>
   <translation>设置 {0} 的值应为 {1} 类型，而不是 {2}。</translation>
  </message>
  <message>
   <source>The setting {0} takes at most {1} names with a name for each, of {2} letters.</source>
   <translation>设置 {0} 最多接受 {1} 个名称，每个对应一个名称，长度不超过 {2} 个字符。</translation>
  </message>
  <message>
   <source>The setting {0} takes one of {1}, not {2}.</source>
   <translation>设置 {0} 的值应为以下之一：{1}，而不是 {2}。</translation>
  </message>
  <message>
   <source>The share to explore is between 0 and {0}, not {1}.</source>
   <translation>探索的比例应在 0 与 {0} 之间，而不是 {1}。</translation>
  </message>
  <message>
   <source>The sheet “{0}” is hidden and was left out.</source>
   <translation>工作表“{0}”是隐藏的，已略去。</translation>
  </message>
  <message>
   <source>The skill needs a name.</source>
   <translation>技能需要一个名称。</translation>
  </message>
  <message>
   <source>The skill {0} cannot promise {1} right answers yet; teach it more examples per intent, or choose yourself from which certainty on an intent is answered.</source>
   <translation>技能 {0} 还不能保证 {1} 的正确率；请为每个意图教更多示例，或自行选择把握达到多少才按意图回答。</translation>
  </message>
  <message>
   <source>The skill {0} knows no intent “{1}”.</source>
   <translation>技能 {0} 不认识意图“{1}”。</translation>
  </message>
  <message>
   <source>The teacher {0} knows other labels than this data set ({1} and {2}).</source>
   <translation>教师 {0} 的标签与此数据集不同（{1} 与 {2}）。</translation>
  </message>
  <message>
   <source>The text cannot be cut into tokens.</source>
   <translation>无法将文本切分为词元。</translation>
  </message>
  <message>
   <source>The text has no words that could be explained; give a text with at least one word.</source>
   <translation>文本中没有可解释的词；请给出至少含一个词的文本。</translation>
  </message>
  <message>
   <source>The text has {0} characters; 1 to {1} can be rewritten.</source>
   <translation>文本有 {0} 个字符；可改写的为 1 到 {1} 个。</translation>
  </message>
  <message>
   <source>The text has {0} characters; 1 to {1} can be translated.</source>
   <translation>文字有 {0} 个字符；可翻译 1 到 {1} 个。</translation>
  </message>
  <message>
   <source>The text has {0} characters; the most is {1}.</source>
   <translation>文本有 {0} 个字符；最多 {1} 个。</translation>
  </message>
  <message>
   <source>The text holds {0} of {1} sentences that the generator wrote.</source>
   <translation>生成模型写出的 {1} 句中，文本支持 {0} 句。</translation>
  </message>
  <message>
   <source>The text is empty; no entity is in it.</source>
   <translation>文本为空，其中没有实体。</translation>
  </message>
  <message>
   <source>The text is empty; the row has no label.</source>
   <translation>文本为空；该行没有标签。</translation>
  </message>
  <message>
   <source>The time allowed is more than 0 minutes, not {0}.</source>
   <translation>允许的时间应大于 0 分钟，而不是 {0}。</translation>
  </message>
  <message>
   <source>The time allowed must be more than 0 minutes; {0} was given.</source>
   <translation>允许的时间必须大于 0 分钟；给出的是 {0}。</translation>
  </message>
  <message>
   <source>The time for the search must be 0 minutes or more; {0} given.</source>
   <translation>搜索时间须为 0 分钟或更长；给出的是 {0}。</translation>
  </message>
  <message>
   <source>The training of {0} is running; there is nothing to go on with.</source>
   <translation>{0} 的训练正在进行，无需继续。</translation>
  </message>
  <message>
   <source>The version in use is better on {0} conversations that neither was taught (perplexity {1}, and {2} of this one), so it stays in use.</source>
   <translation>在双方都没学过的 {0} 段对话上，正在使用的版本更好（困惑度 {1}，此版本为 {2}），因此继续使用它。</translation>
  </message>
  <message>
   <source>The weight of {0} is between -1 and 1, not {1}.</source>
   <translation>{0} 的权重应在 -1 与 1 之间，而不是 {1}。</translation>
  </message>
  <message>
   <source>The workbook has {0} sheets; only “{1}” was read.</source>
   <translation>工作簿有 {0} 张工作表；只读取了“{1}”。</translation>
  </message>
  <message>
   <source>The workspace</source>
   <translation>工作区</translation>
  </message>
  <message>
   <source>The {0} could not be read in {1} {2} (such as “{3}”) and is left empty there.</source>
   <translation>有 {1} {2} 的 {0} 无法读取（例如“{3}”），那里留空。</translation>
  </message>
  <message>
   <source>The {0} must lie between {1} and {2}; {3} was given.</source>
   <translation>{0} 须在 {1} 与 {2} 之间；给出的是 {3}。</translation>
  </message>
  <message>
   <source>The {0} rows hold only {1} different texts, one per label: nothing can be learned from copies.</source>
   <translation>{0} 行中只有 {1} 条不同的文本，每个标签一条：从副本中学不到东西。</translation>
  </message>
  <message>
   <source>There are no documents to look into.</source>
   <translation>没有可查的文档。</translation>
  </message>
  <message>
   <source>There are no rows.</source>
   <translation>没有任何行。</translation>
  </message>
  <message>
   <source>There are {0} labels in {1} rows: this column is hardly a label. A label needs at least two texts.</source>
   <translation>{1} 行中有 {0} 个标签：这一列不像是标签。每个标签至少需要两条文本。</translation>
  </message>
  <message>
   <source>There are {0} labels in {1} rows; one skill can be taught at most {2}. Put rare labels together, or teach one skill per group.</source>
   <translation>{1} 行中有 {0} 个标签；一项技能最多可学 {2} 个。请合并少见的标签，或按组分别训练技能。</translation>
  </message>
  <message>
   <source>There is no collection named {0} yet.</source>
   <translation>还没有名为 {0} 的资料库。</translation>
  </message>
  <message>
   <source>There is no event to learn from: every event is missing, or says only what people rejected.</source>
   <translation>没有可以学习的行为：所有行为都缺失，或只说明人们拒绝了什么。</translation>
  </message>
  <message>
   <source>There is no generator here yet. Take one in with: models import FILE.gguf</source>
   <translation>这里还没有生成模型。可用此命令导入：models import FILE.gguf</translation>
  </message>
  <message>
   <source>There is no method {0} for entities; use {1}.</source>
   <translation>实体没有 {0} 这种方法；请用 {1}。</translation>
  </message>
  <message>
   <source>There is no method {0}; use {1}.</source>
   <translation>没有方法 {0}；请使用 {1}。</translation>
  </message>
  <message>
   <source>There is no permission to read the folder.</source>
   <translation>没有读取该文件夹的权限。</translation>
  </message>
  <message>
   <source>There is no rule “{0}”; there are {1}.</source>
   <translation>没有规则“{0}”；现有 {1}。</translation>
  </message>
  <message>
   <source>There is no setting named {0}. Known: {1}.</source>
   <translation>没有名为 {0} 的设置。已有：{1}。</translation>
  </message>
  <message>
   <source>There is no text to summarise.</source>
   <translation>没有可概括的文本。</translation>
  </message>
  <message>
   <source>There is nothing to translate: the text is in {0} already.</source>
   <translation>没有需要翻译的内容：文字已经是 {0}。</translation>
  </message>
  <message>
   <source>There is only one label; a skill needs at least two to tell apart.</source>
   <translation>只有一个标签；要学会区分，至少需要两个。</translation>
  </message>
  <message>
   <source>These options are for classifiers and change nothing in entities: {0}.</source>
   <translation>这些选项只用于分类，对实体没有作用：{0}。</translation>
  </message>
  <message>
   <source>This installation has no reranker; use auto, bm25, dense or hybrid.</source>
   <translation>此安装没有重排模型；请使用 auto、bm25、dense 或 hybrid。</translation>
  </message>
  <message>
   <source>This is information from documents and no legal advice. Please ask a lawyer about your own case.</source>
   <translation>这是文档中的信息，不是法律建议。您的具体情况请咨询律师。</translation>
  </message>
  <message>
   <source>This is information from documents and no medical advice. Please ask a doctor; in an emergency call the emergency number of the place where you are.</source>
   <translation>这是文档中的信息，不是医疗建议。请咨询医生；紧急情况请拨打当地急救电话。</translation>
  </message>
  <message>
   <source>This is no longer a folder.</source>
   <translation>这已不再是文件夹。</translation>
  </message>
  <message>
   <source>This is not in your documents.</source>
   <translation>您的文档中没有这个内容。</translation>
  </message>
  <message>
   <source>This machine has no keychain that takes the passphrase.</source>
   <translation>这台机器上没有可以保存口令的钥匙串。</translation>
  </message>
  <message>
   <source>This machine has no keychain that takes the passphrase; the workspace is open all the same.</source>
   <translation>本机没有可以保存口令的钥匙串；工作区仍已打开。</translation>
  </message>
  <message>
   <source>Time ran out before everything was tuned.</source>
   <translation>还没全部调好，时间就用完了。</translation>
  </message>
  <message>
   <source>Time ran out before quality was measured.</source>
   <translation>还没来得及测量质量，时间就用完了。</translation>
  </message>
  <message>
   <source>To stay within {0} MB of memory {1}.</source>
   <translation>为了不超过 {0} MB 内存，{1}。</translation>
  </message>
  <message>
   <source>Too few people have two or more items to measure quality.</source>
   <translation>拥有两件以上物品的人太少，无法测量质量。</translation>
  </message>
  <message>
   <source>Too little was shown to compare them: the {0} lists agree with version {1} in {2} places, worth {3} (at least {4} are needed), with {5} clicks (at least {6}).</source>
   <translation>展示得太少，无法比较：{0} 份列表与第 {1} 版有 {2} 处一致，折合 {3}（至少需要 {4}），点击 {5} 次（至少 {6} 次）。</translation>
  </message>
  <message>
   <source>Too little was shown to tell whether the hit rate changes: at least {0} shown items before and {1} in the newest {2}s are needed.</source>
   <translation>展示得太少，看不出点击率是否变化：此前至少需要展示 {0} 件物品，最近若干期（{2}）至少需要 {1} 件。</translation>
  </message>
  <message>
   <source>Training ended after {0} passes: {1}.</source>
   <translation>训练在 {0} 轮后结束：{1}。</translation>
  </message>
  <message>
   <source>Two versions are compared, not version {0} with itself.</source>
   <translation>应比较两个版本，而不是第 {0} 版与自身。</translation>
  </message>
  <message>
   <source>Version {0} was learned after some of these lists were shown and may know their clicks.</source>
   <translation>第 {0} 版是在其中一些列表展示之后学习的，可能已知道其中的点击。</translation>
  </message>
  <message>
   <source>Version {0} would have got more clicks per shown item than version {1}: {2} against {3} ({4}).</source>
   <translation>每件展示的物品上，第 {0} 版本来会比第 {1} 版得到更多点击：{2}，对比 {3}（{4}）。</translation>
  </message>
  <message>
   <source>What a generator learned goes out as peft, a folder that llama.cpp reads as well.</source>
   <translation>生成模型学到的内容以 peft 格式导出，即 llama.cpp 也能读取的文件夹。</translation>
  </message>
  <message>
   <source>What is learned needs a name (--pack).</source>
   <translation>所学内容需要一个名称（--pack）。</translation>
  </message>
  <message>
   <source>What it wrote goes in circles.</source>
   <translation>它写的内容反复重复。</translation>
  </message>
  <message>
   <source>What it wrote is far too short or too long.</source>
   <translation>它写的内容过短或过长。</translation>
  </message>
  <message>
   <source>What it wrote repeats an order to a model.</source>
   <translation>它重复了对模型下的指令。</translation>
  </message>
  <message>
   <source>What the generator wrote does not answer the question, so a passage is quoted.</source>
   <translation>生成器写的内容没有回答问题，因此引用一段原文。</translation>
  </message>
  <message>
   <source>What the generator {0} learned of this desk's answers, as an adapter (LoRA, rank {1}, alpha {2}). It learned on this machine.</source>
   <translation>生成模型 {0} 从此客服台的回答中学到的内容，存为适配器（LoRA，秩 {1}，alpha {2}）。它在本机学习。</translation>
  </message>
  <message>
   <source>What to list is “users” or “items”, not “{0}”.</source>
   <translation>可列出的是“users”或“items”，而不是“{0}”。</translation>
  </message>
  <message>
   <source>Whether answers keep to passages was not measured: no sentences were written.</source>
   <translation>没有测量回答是否忠于段落：没有写出句子。</translation>
  </message>
  <message>
   <source>Whether answers keep to passages was not measured: the held-out conversations have none.</source>
   <translation>没有测量回答是否忠于段落：留出的对话没有段落。</translation>
  </message>
  <message>
   <source>Without a text, so that nothing leads to them yet: {0} items.</source>
   <translation>没有文字、因此还没有途径能推荐到的：{0} 件物品。</translation>
  </message>
  <message>
   <source>Written by Casemate on this machine.</source>
   <translation>由 Casemate 在本机写成。</translation>
  </message>
  <message>
   <source>Wrong labels were not looked for: {0}</source>
   <translation>没有查找错误的标签：{0}</translation>
  </message>
  <message>
   <source>You are welcome.</source>
   <translation>不客气。</translation>
  </message>
  <message>
   <source>Your documents do not agree: they {0}.</source>
   <translation>您的文档说法不一：它们{0}。</translation>
  </message>
  <message>
   <source>a Word document (docx)</source>
   <translation>Word 文档（docx）</translation>
  </message>
  <message>
   <source>a cell is larger than {0} million characters</source>
   <translation>有单元格超过 {0} 百万个字符</translation>
  </message>
  <message>
   <source>a chance is above 0 and at most 1, not {0}</source>
   <translation>概率应大于 0 且不超过 1，而不是 {0}</translation>
  </message>
  <message>
   <source>a column name is too long for a sheet; choose csv.</source>
   <translation>有一个列名对工作表来说太长；请选择 csv。</translation>
  </message>
  <message>
   <source>a conversation is written as .md, .pdf or .json; give it such an ending.</source>
   <translation>对话可写成 .md、.pdf 或 .json；请使用这样的扩展名。</translation>
  </message>
  <message>
   <source>a customer speaks before the first test:</source>
   <translation>在第一个 test: 之前就有客户说话</translation>
  </message>
  <message>
   <source>a data set of this name holds {0}; rename or remove it first.</source>
   <translation>同名数据集的内容是{0}；请先改名或删除。</translation>
  </message>
  <message>
   <source>a device, pipe or socket</source>
   <translation>设备、管道或套接字</translation>
  </message>
  <message>
   <source>a file of this kind ends in {0}; give it such an ending.</source>
   <translation>这类文件以 {0} 结尾；请使用这样的扩展名。</translation>
  </message>
  <message>
   <source>a first version needs two labels with at least {0} labelled texts each; {1} of {2} labels have them.</source>
   <translation>第一版需要两个标签，各至少有 {0} 条已标注文本；{2} 个标签中有 {1} 个满足。</translation>
  </message>
  <message>
   <source>a model has this name; choose another one for what is learned.</source>
   <translation>已有模型使用这个名称；请为所学内容另选一个。</translation>
  </message>
  <message>
   <source>a name has letters, digits, dots and dashes, 80 at most.</source>
   <translation>名称由字母、数字、点和连字符组成，最多 80 个字符。</translation>
  </message>
  <message>
   <source>a page does not match its checksum.</source>
   <translation>有一页与其校验和不符。</translation>
  </message>
  <message>
   <source>a part of it is missing ({0}).</source>
   <translation>缺少一部分（{0}）。</translation>
  </message>
  <message>
   <source>a part of it unpacks to more than {0} times its size, as files made to do harm do.</source>
   <translation>有一部分解压后超过原大小的 {0} 倍，与恶意文件的做法相同。</translation>
  </message>
  <message>
   <source>a person is expected as “yes” or “no”, not “{0}”</source>
   <translation>人工应写“yes”或“no”，不能是“{0}”</translation>
  </message>
  <message>
   <source>a report ends in .html or .pdf; give the file one of these endings.</source>
   <translation>报告以 .html 或 .pdf 结尾；请给文件这样的后缀。</translation>
  </message>
  <message>
   <source>a row of {0} points nowhere</source>
   <translation>{0} 中有一行没有指向</translation>
  </message>
  <message>
   <source>a sheet has room for {0} columns; choose csv.</source>
   <translation>工作表最多容纳 {0} 列；请选择 csv。</translation>
  </message>
  <message>
   <source>a sheet has room for {0} rows; choose csv.</source>
   <translation>工作表最多容纳 {0} 行；请选择 csv。</translation>
  </message>
  <message>
   <source>a skill has no files like {0}.</source>
   <translation>技能中没有 {0} 这样的文件。</translation>
  </message>
  <message>
   <source>a skill needs two labels with at least two different texts each; {0} of {1} labels have them.</source>
   <translation>技能需要两个标签，每个至少有两条不同的文本；{1} 个标签中有 {0} 个满足。</translation>
  </message>
  <message>
   <source>a span is no object with start, end and label</source>
   <translation>有标注不是含 start、end 和 label 的对象</translation>
  </message>
  <message>
   <source>a span lacks start, end or label</source>
   <translation>有标注缺少 start、end 或 label</translation>
  </message>
  <message>
   <source>a template names no intent</source>
   <translation>有一个模板没有指明意图</translation>
  </message>
  <message>
   <source>a zip file, as Word and Excel write them</source>
   <translation>zip 文件（Word 和 Excel 所用的格式）</translation>
  </message>
  <message>
   <source>an OpenDocument text (odt)</source>
   <translation>OpenDocument 文本 (odt)</translation>
  </message>
  <message>
   <source>an hour of another zone</source>
   <translation>另一时区的小时</translation>
  </message>
  <message>
   <source>an old Word or Excel file, or one protected by a password</source>
   <translation>旧版 Word 或 Excel 文件，或有密码保护的文件</translation>
  </message>
  <message>
   <source>an unknown version of the array format</source>
   <translation>数组格式的版本未知</translation>
  </message>
  <message>
   <source>answer</source>
   <translation>回答</translation>
  </message>
  <message>
   <source>answer taken back</source>
   <translation>撤回标注</translation>
  </message>
  <message>
   <source>approved answer</source>
   <translation>核准的回答</translation>
  </message>
  <message>
   <source>approved answer changed</source>
   <translation>审定答案已修改</translation>
  </message>
  <message>
   <source>approved answer deleted</source>
   <translation>审定答案已删除</translation>
  </message>
  <message>
   <source>at byte {0}, {1} claims {2} bytes, and the most is {3}.</source>
   <translation>在第 {0} 字节处，{1} 声称有 {2} 字节，最多 {3} 字节。</translation>
  </message>
  <message>
   <source>at byte {0}, {1} in its header.</source>
   <translation>在其文件头的第 {0} 字节处：{1}。</translation>
  </message>
  <message>
   <source>at byte {0}, {1} is no text.</source>
   <translation>在第 {0} 字节处，{1} 不是文本。</translation>
  </message>
  <message>
   <source>at line {0} its lists are nested too deeply.</source>
   <translation>第 {0} 行处列表嵌套过深。</translation>
  </message>
  <message>
   <source>at most {0} can be</source>
   <translation>最多只能保证 {0}</translation>
  </message>
  <message>
   <source>category</source>
   <translation>类别</translation>
  </message>
  <message>
   <source>cell {0} holds a NUL byte</source>
   <translation>单元格 {0} 含有 NUL 字节</translation>
  </message>
  <message>
   <source>cell {0} holds bytes that are not {1}</source>
   <translation>单元格 {0} 含有不是 {1} 的字节</translation>
  </message>
  <message>
   <source>cell {0} is larger than {1} MB</source>
   <translation>单元格 {0} 超过 {1} MB</translation>
  </message>
  <message>
   <source>cell {0} would have {1} characters, and a sheet takes {2}; choose csv.</source>
   <translation>单元格 {0} 将有 {1} 个字符，而工作表最多容纳 {2} 个；请选择 csv。</translation>
  </message>
  <message>
   <source>check the generator</source>
   <translation>检查生成模型</translation>
  </message>
  <message>
   <source>choose search mode</source>
   <translation>选择检索方式</translation>
  </message>
  <message>
   <source>collection</source>
   <translation>文档集</translation>
  </message>
  <message>
   <source>conversation</source>
   <translation>对话</translation>
  </message>
  <message>
   <source>copy and hash the file</source>
   <translation>复制文件并计算哈希</translation>
  </message>
  <message>
   <source>correction taken in</source>
   <translation>记下更正</translation>
  </message>
  <message>
   <source>data set</source>
   <translation>数据集</translation>
  </message>
  <message>
   <source>dismissed item</source>
   <translation>被拒绝的物品</translation>
  </message>
  <message>
   <source>document</source>
   <translation>文档</translation>
  </message>
  <message>
   <source>document in {0}</source>
   <translation>{0} 中的文档</translation>
  </message>
  <message>
   <source>does not fit</source>
   <translation>放不下</translation>
  </message>
  <message>
   <source>e-mail addresses in {0}</source>
   <translation>{0} 行有电子邮件地址</translation>
  </message>
  <message>
   <source>each layer was computed twice</source>
   <translation>每一层都计算了两次</translation>
  </message>
  <message>
   <source>each of its texts was taught to {0} or is in its queue already.</source>
   <translation>它的每条文本都已教给 {0} 或已在其队列中。</translation>
  </message>
  <message>
   <source>encoder of a skill</source>
   <translation>技能的编码器</translation>
  </message>
  <message>
   <source>every text of it was taught to version {0} or {1}.</source>
   <translation>它的每条文本都教过版本 {0} 或 {1}。</translation>
  </message>
  <message>
   <source>files ending in {0}</source>
   <translation>以 {0} 结尾的文件</translation>
  </message>
  <message>
   <source>files without an ending</source>
   <translation>没有扩展名的文件</translation>
  </message>
  <message>
   <source>generator</source>
   <translation>生成模型</translation>
  </message>
  <message>
   <source>generator taken in</source>
   <translation>已导入生成模型</translation>
  </message>
  <message>
   <source>hand-off answered</source>
   <translation>已答复转交的问题</translation>
  </message>
  <message>
   <source>hand-off dismissed</source>
   <translation>转交的问题未予答复</translation>
  </message>
  <message>
   <source>hand-off withdrawn</source>
   <translation>转交已撤回</translation>
  </message>
  <message>
   <source>has a “{0}down” that does not fit its “up”</source>
   <translation>其中的“{0}down”与“up”不匹配</translation>
  </message>
  <message>
   <source>has a “{0}” of another shape</source>
   <translation>其中“{0}”的形状不符</translation>
  </message>
  <message>
   <source>has no answer</source>
   <translation>没有回答</translation>
  </message>
  <message>
   <source>has no question</source>
   <translation>没有问题</translation>
  </message>
  <message>
   <source>has no text</source>
   <translation>没有文本</translation>
  </message>
  <message>
   <source>has no user</source>
   <translation>没有用户</translation>
  </message>
  <message>
   <source>has {0} cell where {1} belong</source>
   <translation>有 {0} 个单元格，应为 {1} 个</translation>
  </message>
  <message>
   <source>has {0} cell where {1} belong (it runs on to line {2}; a quotation mark may be missing)</source>
   <translation>有 {0} 个单元格，应为 {1} 个（一直延续到第 {2} 行；可能缺少一个引号）</translation>
  </message>
  <message>
   <source>has {0} cells where {1} belong</source>
   <translation>有 {0} 个单元格，应为 {1} 个</translation>
  </message>
  <message>
   <source>has {0} cells where {1} belong (it runs on to line {2}; a quotation mark may be missing)</source>
   <translation>有 {0} 个单元格，应为 {1} 个（一直延续到第 {2} 行；可能缺少一个引号）</translation>
  </message>
  <message>
   <source>has {0} labels where one belongs</source>
   <translation>有 {0} 个标签，应只有一个</translation>
  </message>
  <message>
   <source>hash the file</source>
   <translation>计算文件的哈希值</translation>
  </message>
  <message>
   <source>head.npz unpacks to too many bytes</source>
   <translation>head.npz 解压后字节过多</translation>
  </message>
  <message>
   <source>holds an array whose header does not match its data</source>
   <translation>含有表头与数据不符的数组</translation>
  </message>
  <message>
   <source>holds bytes that do not belong to the encoding of the file</source>
   <translation>含有不属于文件编码的字节</translation>
  </message>
  <message>
   <source>holds half of a character (a lone surrogate)</source>
   <translation>含有半个字符（孤立的代理项）</translation>
  </message>
  <message>
   <source>holds numbers that are not finite</source>
   <translation>含有非有限的数</translation>
  </message>
  <message>
   <source>holds something that is not a plain array</source>
   <translation>含有不是普通数组的内容</translation>
  </message>
  <message>
   <source>holds {0} arrays, and the most is {1}</source>
   <translation>含有 {0} 个数组，最多 {1} 个</translation>
  </message>
  <message>
   <source>holds “{0}”, which is no number</source>
   <translation>含有“{0}”，不是数字</translation>
  </message>
  <message>
   <source>holds “{0}”, which is not known</source>
   <translation>含有未知的“{0}”</translation>
  </message>
  <message>
   <source>identity numbers in {0}</source>
   <translation>{0} 行有身份证号</translation>
  </message>
  <message>
   <source>in its manifest alone</source>
   <translation>只在清单中</translation>
  </message>
  <message>
   <source>interrupted training</source>
   <translation>中断的训练</translation>
  </message>
  <message>
   <source>interrupted training dropped</source>
   <translation>已放弃中断的训练</translation>
  </message>
  <message>
   <source>is a model for “{0}”</source>
   <translation>是用于“{0}”的模型</translation>
  </message>
  <message>
   <source>is no set of plain arrays, or is damaged</source>
   <translation>不是一组普通数组，或已损坏</translation>
  </message>
  <message>
   <source>is not a JSON object (names and values in braces)</source>
   <translation>不是 JSON 对象（花括号中的名称和值）</translation>
  </message>
  <message>
   <source>is not valid JSON ({0})</source>
   <translation>不是有效的 JSON（{0}）</translation>
  </message>
  <message>
   <source>it asks for layers that the encoder does not have.</source>
   <translation>它要求编码器没有的层。</translation>
  </message>
  <message>
   <source>it brings no tokenizer ({0} or {1}).</source>
   <translation>它没有自带分词器（{0} 或 {1}）。</translation>
  </message>
  <message>
   <source>it brings no vocabulary.</source>
   <translation>它没有自带词表。</translation>
  </message>
  <message>
   <source>it cannot be opened: {0}.</source>
   <translation>无法打开：{0}。</translation>
  </message>
  <message>
   <source>it cannot be read ({0}).</source>
   <translation>无法读取（{0}）。</translation>
  </message>
  <message>
   <source>it cannot be taught or merged: {0}</source>
   <translation>无法在其上训练或合并：{0}</translation>
  </message>
  <message>
   <source>it cannot be written ({0}).</source>
   <translation>无法写入（{0}）。</translation>
  </message>
  <message>
   <source>it does not begin with “GGUF”, so it is no GGUF file.</source>
   <translation>它不以“GGUF”开头，因此不是 GGUF 文件。</translation>
  </message>
  <message>
   <source>it does not load ({0}).</source>
   <translation>无法加载（{0}）。</translation>
  </message>
  <message>
   <source>it does not open ({0}).</source>
   <translation>无法打开（{0}）。</translation>
  </message>
  <message>
   <source>it does not open and write a few words within {0} seconds.</source>
   <translation>它未能在 {0} 秒内打开并写出几个词。</translation>
  </message>
  <message>
   <source>it ends within its tensor {0}.</source>
   <translation>它在张量 {0} 中间结束。</translation>
  </message>
  <message>
   <source>it exists on Apple computers only, and this machine runs {0}.</source>
   <translation>它只存在于苹果电脑，而本机运行的是 {0}。</translation>
  </message>
  <message>
   <source>it fills in texts with “%”.</source>
   <translation>它用“%”填充文本。</translation>
  </message>
  <message>
   <source>it has GGUF version {0}, and this program reads versions 2 and 3.</source>
   <translation>其 GGUF 版本为 {0}，而本程序读取版本 2 和 3。</translation>
  </message>
  <message>
   <source>it has a cell in column {0}, beyond every sheet</source>
   <translation>第 {0} 列有单元格，超出了工作表的范围</translation>
  </message>
  <message>
   <source>it has a header and no rows.</source>
   <translation>只有表头，没有数据行。</translation>
  </message>
  <message>
   <source>it has a line of more than {0} million characters; that is no table.</source>
   <translation>有一行超过 {0} 百万个字符；这不是表格。</translation>
  </message>
  <message>
   <source>it has a part that is not known here ({0}).</source>
   <translation>它有这里不认识的部分（{0}）。</translation>
  </message>
  <message>
   <source>it has an adapter and nothing that uses it.</source>
   <translation>它有适配器，但没有使用它的部分。</translation>
  </message>
  <message>
   <source>it has format {0}, and this program reads format {1}.</source>
   <translation>它的格式是 {0}，而本程序读取格式 {1}。</translation>
  </message>
  <message>
   <source>it has more than {0} MB.</source>
   <translation>它超过 {0} MB。</translation>
  </message>
  <message>
   <source>it has more than {0} conversations or {1} characters, which is the most that is taught at once.</source>
   <translation>它超过 {0} 段对话或 {1} 个字符，这是一次最多能教的量。</translation>
  </message>
  <message>
   <source>it has more than {0} elements.</source>
   <translation>它超过 {0} 个元素。</translation>
  </message>
  <message>
   <source>it has more than {0} parts.</source>
   <translation>它超过 {0} 个部分。</translation>
  </message>
  <message>
   <source>it has more than {0} rows.</source>
   <translation>行数超过 {0} 行。</translation>
  </message>
  <message>
   <source>it has more than {0} rows: data, no document.</source>
   <translation>它超过 {0} 行：是数据，不是文档。</translation>
  </message>
  <message>
   <source>it has no columns for questions and answers (its columns: {0}).</source>
   <translation>没有问题列和回答列（现有列：{0}）。</translation>
  </message>
  <message>
   <source>it has no feedback{0}.</source>
   <translation>其中没有反馈{0}。</translation>
  </message>
  <message>
   <source>it has no file {0}.</source>
   <translation>其中没有文件 {0}。</translation>
  </message>
  <message>
   <source>it has no items.</source>
   <translation>没有物品。</translation>
  </message>
  <message>
   <source>it has no labelled text that is not also taught.</source>
   <translation>其中带标签的文本都已用于教学。</translation>
  </message>
  <message>
   <source>it has no labelled texts.</source>
   <translation>没有带标签的文本。</translation>
  </message>
  <message>
   <source>it has no marked text that is not also taught.</source>
   <translation>它没有不同时用于训练的标注文本。</translation>
  </message>
  <message>
   <source>it has no marked texts.</source>
   <translation>它没有标注文本。</translation>
  </message>
  <message>
   <source>it has no rows.</source>
   <translation>没有数据行。</translation>
  </message>
  <message>
   <source>it has no text with an entity.</source>
   <translation>它没有含实体的文本。</translation>
  </message>
  <message>
   <source>it has no texts.</source>
   <translation>它没有文本。</translation>
  </message>
  <message>
   <source>it has no {0}.</source>
   <translation>其中没有 {0}。</translation>
  </message>
  <message>
   <source>it has no {0}; it is no Casemate model.</source>
   <translation>其中没有 {0}；它不是 Casemate 模型。</translation>
  </message>
  <message>
   <source>it has only</source>
   <translation>其中只有</translation>
  </message>
  <message>
   <source>it has templates and no intent_pack that could tell which one is meant</source>
   <translation>它有模板，却没有能判断意图的 intent_pack</translation>
  </message>
  <message>
   <source>it has to be a list of 2 to {0} turns.</source>
   <translation>它必须是 2 到 {0} 条发言的列表。</translation>
  </message>
  <message>
   <source>it has two parts named {0}.</source>
   <translation>其中有两个名为 {0} 的部分。</translation>
  </message>
  <message>
   <source>it has {0} columns; at most {1} can be read.</source>
   <translation>有 {0} 列；最多能读 {1} 列。</translation>
  </message>
  <message>
   <source>it has {0} labels, and at most {1} can be told apart.</source>
   <translation>它有 {0} 个标签，最多能区分 {1} 个。</translation>
  </message>
  <message>
   <source>it has {0} pages; the most is {1}.</source>
   <translation>有 {0} 页；最多 {1} 页。</translation>
  </message>
  <message>
   <source>it has {0} pages; there is no page {1}.</source>
   <translation>它有 {0} 页；没有第 {1} 页。</translation>
  </message>
  <message>
   <source>it has {0} parts, and the most is {1}.</source>
   <translation>它有 {0} 个部分，最多 {1} 个。</translation>
  </message>
  <message>
   <source>it has {0} parts, as no workbook has.</source>
   <translation>有 {0} 个部分，工作簿不会这样。</translation>
  </message>
  <message>
   <source>it has {0} parts; {1} has at most {2}.</source>
   <translation>有 {0} 个部分；{1}最多有 {2} 个。</translation>
  </message>
  <message>
   <source>it has {0} rows; at most {1} can be read.</source>
   <translation>有 {0} 行；最多能读 {1} 行。</translation>
  </message>
  <message>
   <source>it has {0} safetensors files and no {1} that says how they belong together.</source>
   <translation>它有 {0} 个 safetensors 文件，却没有说明它们如何组合的 {1}。</translation>
  </message>
  <message>
   <source>it has {0} slides; the most is {1}.</source>
   <translation>它有 {0} 张幻灯片；最多 {1} 张。</translation>
  </message>
  <message>
   <source>it has {0} texts, {1} of them with entities; teaching needs at least {2} texts, {3} of them with entities.</source>
   <translation>它有 {0} 条文本，其中 {1} 条含实体；训练至少需要 {2} 条文本，其中 {3} 条含实体。</translation>
  </message>
  <message>
   <source>it has {0} {1}; the most is {2}</source>
   <translation>它有 {0} 个 {1}；最多 {2} 个</translation>
  </message>
  <message>
   <source>it holds a vocabulary and no weights.</source>
   <translation>它只含词表，没有权重。</translation>
  </message>
  <message>
   <source>it holds binary data, not text (a NUL byte in line {0}).</source>
   <translation>其中是二进制数据，不是文本（第 {0} 行有 NUL 字节）。</translation>
  </message>
  <message>
   <source>it holds binary data, not text.</source>
   <translation>其中是二进制数据，不是文本。</translation>
  </message>
  <message>
   <source>it holds no profile: {0}.</source>
   <translation>其中没有档案：{0}。</translation>
  </message>
  <message>
   <source>it holds no text beside its headers.</source>
   <translation>除邮件头外没有文字。</translation>
  </message>
  <message>
   <source>it holds no text that a reader would see.</source>
   <translation>其中没有读者能看到的文本。</translation>
  </message>
  <message>
   <source>it holds no text.</source>
   <translation>其中没有文本。</translation>
  </message>
  <message>
   <source>it holds no texts of items, so that new ones cannot be placed; learn it anew with them.</source>
   <translation>它没有物品的文字，因此无法放入新物品；请连同文字重新学习。</translation>
  </message>
  <message>
   <source>it holds no weights (no .safetensors file).</source>
   <translation>其中没有权重（没有 .safetensors 文件）。</translation>
  </message>
  <message>
   <source>it holds {0} characters; the most is {1}.</source>
   <translation>含有 {0} 个字符；最多 {1} 个。</translation>
  </message>
  <message>
   <source>it holds {0}, and events are needed.</source>
   <translation>它的内容是{0}，而这里需要行为。</translation>
  </message>
  <message>
   <source>it holds {0}, and texts are needed.</source>
   <translation>它的内容是{0}，而这里需要文本。</translation>
  </message>
  <message>
   <source>it holds {0}, and {1} cannot be added to it.</source>
   <translation>它的内容是{0}，无法向其中添加{1}。</translation>
  </message>
  <message>
   <source>it holds {0}, and {1} is needed.</source>
   <translation>它的内容类型是 {0}，而这里需要 {1}。</translation>
  </message>
  <message>
   <source>it holds {0}. A generator learns from questions with answers (import it as faq) or from conversations (import it as texts, each a JSON list of turns).</source>
   <translation>它的内容是{0}。生成模型从带回答的问题（作为 faq 导入）或对话（作为 texts 导入，每条是发言的 JSON 列表）中学习。</translation>
  </message>
  <message>
   <source>it is JSON, but holds no list of objects with names and values.</source>
   <translation>这是 JSON，但其中没有由名称和值组成的对象列表。</translation>
  </message>
  <message>
   <source>it is JSON, but no list of objects; it has to be one list of rows.</source>
   <translation>这是 JSON，但不是对象列表；必须是一个由行组成的列表。</translation>
  </message>
  <message>
   <source>it is a 7z archive; unpack it first.</source>
   <translation>这是 7z 压缩包；请先解压。</translation>
  </message>
  <message>
   <source>it is a PDF document, not a table; add it to a collection of documents instead.</source>
   <translation>这是 PDF 文档，不是表格；请把它加入文档资料库。</translation>
  </message>
  <message>
   <source>it is a database file; export the table from it as csv.</source>
   <translation>这是数据库文件；请从中把表格导出为 csv。</translation>
  </message>
  <message>
   <source>it is a device, pipe or socket, not a file.</source>
   <translation>这是设备、管道或套接字，不是文件。</translation>
  </message>
  <message>
   <source>it is a file that was taken in; pass that file on instead.</source>
   <translation>它是导入的文件；请直接传递该文件。</translation>
  </message>
  <message>
   <source>it is a folder; choose a file in it.</source>
   <translation>这是文件夹；请选择其中的一个文件。</translation>
  </message>
  <message>
   <source>it is a folder; give the name of a file in it.</source>
   <translation>这是文件夹；请给出其中文件的名称。</translation>
  </message>
  <message>
   <source>it is a generator with nothing learned over it, so there is nothing to merge.</source>
   <translation>这是没有附加所学内容的生成模型，没有可合并的。</translation>
  </message>
  <message>
   <source>it is a link that leads to itself.</source>
   <translation>这是指向自身的链接。</translation>
  </message>
  <message>
   <source>it is a link to a folder that was read already.</source>
   <translation>这是指向已读文件夹的链接。</translation>
  </message>
  <message>
   <source>it is a link to nothing.</source>
   <translation>这是一个指向空处的链接。</translation>
  </message>
  <message>
   <source>it is a link to {0}, and nothing is there.</source>
   <translation>这是指向 {0} 的链接，而那里什么也没有。</translation>
  </message>
  <message>
   <source>it is a mixture of experts.</source>
   <translation>它是混合专家模型。</translation>
  </message>
  <message>
   <source>it is a model for “{0}”, and “{1}” is asked for.</source>
   <translation>这是用于“{0}”的模型，而这里需要用于“{1}”的。</translation>
  </message>
  <message>
   <source>it is a model for “{0}”; choose another name.</source>
   <translation>这是用于“{0}”的模型；请换一个名称。</translation>
  </message>
  <message>
   <source>it is a picture, not a table.</source>
   <translation>这是图片，不是表格。</translation>
  </message>
  <message>
   <source>it is a rar archive; unpack it first.</source>
   <translation>这是 rar 压缩包；请先解压。</translation>
  </message>
  <message>
   <source>it is a rich text document, not a table.</source>
   <translation>这是富文本文档，不是表格。</translation>
  </message>
  <message>
   <source>it is a web page or XML, not a table; save it as csv or xlsx.</source>
   <translation>这是网页或 XML，不是表格；请另存为 csv 或 xlsx。</translation>
  </message>
  <message>
   <source>it is a zip archive without a workbook in it; unpack it first.</source>
   <translation>这是 zip 压缩包，里面没有工作簿；请先解压。</translation>
  </message>
  <message>
   <source>it is a {0}, which does not write texts.</source>
   <translation>这是 {0}，不能书写文本。</translation>
  </message>
  <message>
   <source>it is an Arrow file; save it as parquet.</source>
   <translation>这是 Arrow 文件；请另存为 parquet。</translation>
  </message>
  <message>
   <source>it is an adapter for another model and no model of its own.</source>
   <translation>它是另一个模型的适配器，自身不是模型。</translation>
  </message>
  <message>
   <source>it is an old Excel or Word file (before 2007); save it as xlsx.</source>
   <translation>这是旧版 Excel 或 Word 文件（2007 年以前）；请另存为 xlsx。</translation>
  </message>
  <message>
   <source>it is cut short or too large</source>
   <translation>它不完整或过大</translation>
  </message>
  <message>
   <source>it is cut short: its header goes on after byte {0}, and the file has {1}.</source>
   <translation>它被截断：文件头延续到第 {0} 字节之后，而文件只有 {1} 字节。</translation>
  </message>
  <message>
   <source>it is cut short: its tensor “{0}” ends at byte {1}, and the file has {2}.</source>
   <translation>它被截断：张量“{0}”在第 {1} 字节结束，而文件只有 {2} 字节。</translation>
  </message>
  <message>
   <source>it is damaged ({0}).</source>
   <translation>文件已损坏（{0}）。</translation>
  </message>
  <message>
   <source>it is damaged inside ({0}).</source>
   <translation>内部已损坏（{0}）。</translation>
  </message>
  <message>
   <source>it is damaged, or no PDF at all.</source>
   <translation>文件已损坏，或根本不是 PDF。</translation>
  </message>
  <message>
   <source>it is damaged: a part of it does not unpack.</source>
   <translation>文件已损坏：有一部分无法解压。</translation>
  </message>
  <message>
   <source>it is damaged: it has no pages.</source>
   <translation>文件已损坏：没有页。</translation>
  </message>
  <message>
   <source>it is damaged: its part {0} is missing.</source>
   <translation>它已损坏：缺少其中的 {0}。</translation>
  </message>
  <message>
   <source>it is damaged: its part {0} is no sound XML.</source>
   <translation>它已损坏：其中的 {0} 不是完好的 XML。</translation>
  </message>
  <message>
   <source>it is damaged: none of its pages can be read.</source>
   <translation>文件已损坏：没有一页可读。</translation>
  </message>
  <message>
   <source>it is empty inside its gzip packing.</source>
   <translation>gzip 压缩包里面是空的。</translation>
  </message>
  <message>
   <source>it is empty.</source>
   <translation>文件是空的。</translation>
  </message>
  <message>
   <source>it is encrypted; save it without a password.</source>
   <translation>文件已加密；请存为不带密码的文件。</translation>
  </message>
  <message>
   <source>it is encrypted; save its text in another form.</source>
   <translation>它已加密；请把文字另存为其他格式。</translation>
  </message>
  <message>
   <source>it is for “{0}”, and skills here classify, find entities, recommend or adapt a generator.</source>
   <translation>它用于“{0}”，而这里的技能用于分类、查找实体、推荐或适配生成模型。</translation>
  </message>
  <message>
   <source>it is gzip inside gzip; unpack it first.</source>
   <translation>这是 gzip 中的 gzip；请先解压。</translation>
  </message>
  <message>
   <source>it is hidden.</source>
   <translation>它是隐藏的。</translation>
  </message>
  <message>
   <source>it is larger than {0} MB.</source>
   <translation>超过 {0} MB。</translation>
  </message>
  <message>
   <source>it is no JSON. A conversation is a list like [{“role”: “user”, “content”: “…”}, …].</source>
   <translation>它不是 JSON。对话是这样的列表：[{“role”: “user”, “content”: “…”}, …]。</translation>
  </message>
  <message>
   <source>it is no e-mail (it has no sender, subject or date on top).</source>
   <translation>它不是电子邮件（开头没有发件人、主题或日期）。</translation>
  </message>
  <message>
   <source>it is no ordinary file.</source>
   <translation>这不是普通文件。</translation>
  </message>
  <message>
   <source>it is no rich text (it does not begin as RTF does).</source>
   <translation>它不是 RTF 文件（开头不符）。</translation>
  </message>
  <message>
   <source>it is no sound parquet file ({0}).</source>
   <translation>不是完好的 parquet 文件（{0}）。</translation>
  </message>
  <message>
   <source>it is no text: it holds a sheet, a presentation or a drawing.</source>
   <translation>它不是文本：里面是表格、演示文稿或绘图。</translation>
  </message>
  <message>
   <source>it is no zip file, or is damaged.</source>
   <translation>它不是 zip 文件，或已损坏。</translation>
  </message>
  <message>
   <source>it is not JSON: it begins with neither a list nor an object.</source>
   <translation>这不是 JSON：开头既不是列表也不是对象。</translation>
  </message>
  <message>
   <source>it is not a regular file.</source>
   <translation>它不是普通文件。</translation>
  </message>
  <message>
   <source>it is not encrypted, so this program did not make it.</source>
   <translation>它没有加密，因此不是本程序创建的。</translation>
  </message>
  <message>
   <source>it is not one of {0}.</source>
   <translation>它不在以下之列：{0}。</translation>
  </message>
  <message>
   <source>it is not valid JSON: a comma is missing at line {0}.</source>
   <translation>不是有效的 JSON：第 {0} 行缺少逗号。</translation>
  </message>
  <message>
   <source>it is not valid JSON: {0} at line {1}.</source>
   <translation>不是有效的 JSON：第 {1} 行 {0}。</translation>
  </message>
  <message>
   <source>it is not {0} (it is no zip file, or is cut short).</source>
   <translation>它不是{0}（不是 zip 文件，或不完整）。</translation>
  </message>
  <message>
   <source>it is not {0} (the part {1} is missing).</source>
   <translation>它不是{0}（缺少 {1} 部分）。</translation>
  </message>
  <message>
   <source>it is one of {0} parts; join them to one file first (llama-gguf-split --merge).</source>
   <translation>它是 {0} 个分卷之一；请先合并为一个文件（llama-gguf-split --merge）。</translation>
  </message>
  <message>
   <source>it is packed with bzip2; unpack it first or pack it with gzip.</source>
   <translation>它用 bzip2 压缩；请先解压，或改用 gzip 压缩。</translation>
  </message>
  <message>
   <source>it is packed with xz; unpack it first or pack it with gzip.</source>
   <translation>它用 xz 压缩；请先解压，或改用 gzip 压缩。</translation>
  </message>
  <message>
   <source>it is packed with zstd; unpack it first or pack it with gzip.</source>
   <translation>它用 zstd 压缩；请先解压，或改用 gzip 压缩。</translation>
  </message>
  <message>
   <source>it is part of the program and cannot be removed.</source>
   <translation>它是程序的一部分，无法移除。</translation>
  </message>
  <message>
   <source>it is part of the program and has one version.</source>
   <translation>它是程序的一部分，只有一个版本。</translation>
  </message>
  <message>
   <source>it is part of the program; its figures stand on its model card.</source>
   <translation>它是程序自带的；其数据见模型卡。</translation>
  </message>
  <message>
   <source>it is protected by a password; save a copy without one.</source>
   <translation>有密码保护；请另存一份不带密码的。</translation>
  </message>
  <message>
   <source>it is protected in a way that this program does not know.</source>
   <translation>它的保护方式本程序不认识。</translation>
  </message>
  <message>
   <source>it is protected with a password; save it without one.</source>
   <translation>有密码保护；请存为不带密码的文件。</translation>
  </message>
  <message>
   <source>it is {0} MB large; the most is {1} MB.</source>
   <translation>文件大小为 {0} MB；最大 {1} MB。</translation>
  </message>
  <message>
   <source>it is {0}, not a file.</source>
   <translation>这是{0}，不是文件。</translation>
  </message>
  <message>
   <source>it lists {0} files; a pack has 1 to {1}.</source>
   <translation>它列出 {0} 个文件；模型包应有 1 到 {1} 个。</translation>
  </message>
  <message>
   <source>it makes a list of more than {0} entries.</source>
   <translation>它生成了超过 {0} 项的列表。</translation>
  </message>
  <message>
   <source>it makes more text than any prompt needs.</source>
   <translation>它产生的文本多于任何提示所需。</translation>
  </message>
  <message>
   <source>it makes more than {0} characters.</source>
   <translation>它产生超过 {0} 个字符。</translation>
  </message>
  <message>
   <source>it names no collection</source>
   <translation>没有指明资料库</translation>
  </message>
  <message>
   <source>it names {0} labels.</source>
   <translation>它列出 {0} 个标签。</translation>
  </message>
  <message>
   <source>it needs too much memory.</source>
   <translation>所需内存过多。</translation>
  </message>
  <message>
   <source>it needs two labels with two different texts each; {0} have them.</source>
   <translation>需要两个标签，各有两条不同的文本；目前有 {0} 个满足。</translation>
  </message>
  <message>
   <source>it numbers a row {0}; a sheet has {1}</source>
   <translation>有一行编号为 {0}；工作表只有 {1} 行</translation>
  </message>
  <message>
   <source>it reads texts in both directions and writes none.</source>
   <translation>它双向读取文本，不能书写。</translation>
  </message>
  <message>
   <source>it records events; import it as a data set.</source>
   <translation>它记录的是事件；请作为数据集导入。</translation>
  </message>
  <message>
   <source>it splits words in a way that this program does not know.</source>
   <translation>它切分词的方式本程序不认识。</translation>
  </message>
  <message>
   <source>it takes far more memory than the {0} MB that its header tells of.</source>
   <translation>它占用的内存远超其文件头所述的 {0} MB。</translation>
  </message>
  <message>
   <source>it takes more than {0} steps.</source>
   <translation>它需要超过 {0} 步。</translation>
  </message>
  <message>
   <source>it takes too long.</source>
   <translation>它耗时过长。</translation>
  </message>
  <message>
   <source>it took too long.</source>
   <translation>耗时过长。</translation>
  </message>
  <message>
   <source>it unpacks to more than {0} MB; unpack it first.</source>
   <translation>解压后超过 {0} MB；请先解压。</translation>
  </message>
  <message>
   <source>it unpacks to more than {0} times its size, as files made to do harm do.</source>
   <translation>解压后超过原大小的 {0} 倍，与恶意文件的做法相同。</translation>
  </message>
  <message>
   <source>it unpacks to too many bytes</source>
   <translation>解压后字节过多</translation>
  </message>
  <message>
   <source>it was ended</source>
   <translation>已被结束</translation>
  </message>
  <message>
   <source>it was made from {0} texts, and there are {1} now</source>
   <translation>它是用 {0} 条文本做成的，现在有 {1} 条</translation>
  </message>
  <message>
   <source>it was replaced or removed while it was read.</source>
   <translation>它在读取期间被替换或移除了。</translation>
  </message>
  <message>
   <source>it was taught over the generator {0} (SHA-256 {1}), which is not here. Take that file in first, with: models import FILE.gguf</source>
   <translation>它是在生成模型 {0}（SHA-256 {1}）上训练的，而这里没有该模型。请先导入该文件：models import FILE.gguf</translation>
  </message>
  <message>
   <source>it was taught over the generator {0} with the hash {1}…, and the {2} that is here has the hash {3}…: it is another file, over which the adapter means nothing.</source>
   <translation>它是在哈希值为 {1}… 的生成模型 {0} 上训练的，而这里的 {2} 哈希值为 {3}…：那是另一个文件，适配器对它没有意义。</translation>
  </message>
  <message>
   <source>it was taught with another encoder.</source>
   <translation>它是用另一个编码器教出来的。</translation>
  </message>
  <message>
   <source>it was written for machines with the other byte order.</source>
   <translation>它是为另一种字节序的机器编写的。</translation>
  </message>
  <message>
   <source>it works with larger numbers than any prompt needs.</source>
   <translation>它使用的数大于任何提示所需。</translation>
  </message>
  <message>
   <source>it would unpack to more than {0} MB.</source>
   <translation>解压后会超过 {0} MB。</translation>
  </message>
  <message>
   <source>it would unpack to {0} MB; the most is {1} MB.</source>
   <translation>解压后有 {0} MB；最大 {1} MB。</translation>
  </message>
  <message>
   <source>it would unpack to {0} MB; {1} MB is the most.</source>
   <translation>解压后有 {0} MB；最大 {1} MB。</translation>
  </message>
  <message>
   <source>it {0}; explanations are there for skills that give texts a label (classifiers).</source>
   <translation>它{0}；只有给文本打标签的技能（分类器）才有解释。</translation>
  </message>
  <message>
   <source>item in {0}</source>
   <translation>{0} 中的物品</translation>
  </message>
  <message>
   <source>item of the queue</source>
   <translation>队列中的项</translation>
  </message>
  <message>
   <source>its JSON breaks off at line {0}.</source>
   <translation>JSON 在第 {0} 行中断。</translation>
  </message>
  <message>
   <source>its XML declares entities, as files made to do harm do.</source>
   <translation>其中的 XML 声明了实体，与恶意文件的做法相同。</translation>
  </message>
  <message>
   <source>its XML is damaged ({0}).</source>
   <translation>其中的 XML 已损坏（{0}）。</translation>
  </message>
  <message>
   <source>its adapter cannot be read: {0}</source>
   <translation>其适配器无法读取：{0}</translation>
  </message>
  <message>
   <source>its adapter does not load ({0}).</source>
   <translation>其适配器无法加载（{0}）。</translation>
  </message>
  <message>
   <source>its adapter has a part {0} that is not known here.</source>
   <translation>其适配器有这里不认识的部分 {0}。</translation>
  </message>
  <message>
   <source>its adapter is damaged ({0}).</source>
   <translation>其适配器已损坏（{0}）。</translation>
  </message>
  <message>
   <source>its adapter is for another kind of model.</source>
   <translation>其适配器用于另一种模型。</translation>
  </message>
  <message>
   <source>its adapter is none that was taught here.</source>
   <translation>其适配器不是在这里训练的。</translation>
  </message>
  <message>
   <source>its adapter was taught over another base than its manifest says.</source>
   <translation>其适配器是在另一个基础模型上训练的，与清单所写不符。</translation>
  </message>
  <message>
   <source>its adapter {0}.</source>
   <translation>其适配器有问题（{0}）。</translation>
  </message>
  <message>
   <source>its alignment is {0}, which is no power of two up to 65,536.</source>
   <translation>其对齐值为 {0}，不是不超过 65,536 的二的幂。</translation>
  </message>
  <message>
   <source>its architecture is {0}, and {1} are supported.</source>
   <translation>其架构为 {0}，而支持的是 {1}。</translation>
  </message>
  <message>
   <source>its architecture {0} reads texts and writes none.</source>
   <translation>其架构 {0} 只读文本，不能书写。</translation>
  </message>
  <message>
   <source>its arrays are empty.</source>
   <translation>它的数组是空的。</translation>
  </message>
  <message>
   <source>its arrays have the wrong number of axes.</source>
   <translation>它的数组维数不对。</translation>
  </message>
  <message>
   <source>its arrays hold something that is no finite number.</source>
   <translation>它的数组中有非有限的数。</translation>
  </message>
  <message>
   <source>its calibration is no positive number.</source>
   <translation>它的校准值不是正数。</translation>
  </message>
  <message>
   <source>its chat template has {0} characters, and the most is {1}.</source>
   <translation>其对话模板有 {0} 个字符，最多 {1} 个。</translation>
  </message>
  <message>
   <source>its chat template is no text.</source>
   <translation>其对话模板不是文本。</translation>
  </message>
  <message>
   <source>its config.json has a high_freq_factor that is not above its low_freq_factor.</source>
   <translation>其 config.json 的 high_freq_factor 不大于 low_freq_factor。</translation>
  </message>
  <message>
   <source>its config.json has a last matrix of its own, which llama.cpp does not for its family.</source>
   <translation>其 config.json 有单独的末层矩阵，而 llama.cpp 对此系列不支持。</translation>
  </message>
  <message>
   <source>its config.json has {0} heads of {1} numbers and {2} of keys, which cannot be.</source>
   <translation>其 config.json 写有 {0} 个头、每个 {1} 个数，以及 {2} 个键头，这不可能。</translation>
  </message>
  <message>
   <source>its config.json has “attn_logit_softcapping”; llama.cpp has none for this family.</source>
   <translation>其 config.json 有“attn_logit_softcapping”；llama.cpp 对此系列没有这一项。</translation>
  </message>
  <message>
   <source>its config.json mixes layers with and without a window in no regular order.</source>
   <translation>其 config.json 中有窗口和无窗口的层没有规则地混合。</translation>
  </message>
  <message>
   <source>its config.json names the activation “{0}”; llama.cpp computes {1}.</source>
   <translation>其 config.json 指定的激活函数是“{0}”；llama.cpp 计算的是 {1}。</translation>
  </message>
  <message>
   <source>its config.json says “query_pre_attn_scalar”: {0}; llama.cpp takes {1}.</source>
   <translation>其 config.json 写有“query_pre_attn_scalar”：{0}；llama.cpp 采用 {1}。</translation>
  </message>
  <message>
   <source>its config.json stretches positions by yarn with “{0}”, which is not supported.</source>
   <translation>其 config.json 用带“{0}”的 yarn 拉伸位置，这不受支持。</translation>
  </message>
  <message>
   <source>its config.json stretches positions by “{0}”, which llama.cpp does not do for this family.</source>
   <translation>其 config.json 用“{0}”拉伸位置，而 llama.cpp 对此系列不这样做。</translation>
  </message>
  <message>
   <source>its config.json stretches positions with “{0}”, which is not supported.</source>
   <translation>其 config.json 用“{0}”拉伸位置，这不受支持。</translation>
  </message>
  <message>
   <source>its config.json turns {0} of {1} numbers of a head, which cannot be.</source>
   <translation>其 config.json 旋转每个头 {1} 个数中的 {0} 个，这不可能。</translation>
  </message>
  <message>
   <source>its config.json turns “{0}” off; llama.cpp cannot for this family.</source>
   <translation>其 config.json 关闭了“{0}”；llama.cpp 对此系列无法这样做。</translation>
  </message>
  <message>
   <source>its ending tells no format; use one of {0}.</source>
   <translation>扩展名没有说明格式；请使用以下之一：{0}。</translation>
  </message>
  <message>
   <source>its family is “{0}”; these can be turned into a generator: {1}.</source>
   <translation>其系列为“{0}”；可转换成生成模型的有：{1}。</translation>
  </message>
  <message>
   <source>its file {0} cannot be read ({1}).</source>
   <translation>无法读取其中的文件 {0}（{1}）。</translation>
  </message>
  <message>
   <source>its file {0} cannot be read as what it should be ({1}).</source>
   <translation>其中的文件 {0} 无法按应有的格式读取（{1}）。</translation>
  </message>
  <message>
   <source>its file {0} does not match its hash.</source>
   <translation>其中的文件 {0} 与其哈希值不符。</translation>
  </message>
  <message>
   <source>its file {0} ends within “{1}”.</source>
   <translation>其中的文件 {0} 在“{1}”中间结束。</translation>
  </message>
  <message>
   <source>its file {0} has a header of {1} bytes; the most is {2}.</source>
   <translation>其中的文件 {0} 的文件头有 {1} 字节；最多 {2} 字节。</translation>
  </message>
  <message>
   <source>its file {0} has {1} bytes, and the most is {2}.</source>
   <translation>其中的文件 {0} 有 {1} 字节，最多 {2} 字节。</translation>
  </message>
  <message>
   <source>its file {0} has {1} tensors; the most is {2}.</source>
   <translation>其中的文件 {0} 有 {1} 个张量；最多 {2} 个。</translation>
  </message>
  <message>
   <source>its file {0} is cut short: its header claims {1} of {2} bytes.</source>
   <translation>其中的文件 {0} 被截断：文件头声称 {2} 字节中的 {1} 字节。</translation>
  </message>
  <message>
   <source>its file {0} is damaged ({1}).</source>
   <translation>其文件 {0} 已损坏（{1}）。</translation>
  </message>
  <message>
   <source>its file {0} is missing.</source>
   <translation>缺少其中的文件 {0}。</translation>
  </message>
  <message>
   <source>its file {0} is missing; {1} names it.</source>
   <translation>缺少其中的文件 {0}；{1} 写有它。</translation>
  </message>
  <message>
   <source>its file {0} is no UTF-8 text (byte {1}).</source>
   <translation>其中的文件 {0} 不是 UTF-8 文本（第 {1} 字节）。</translation>
  </message>
  <message>
   <source>its file {0} unpacks to more than {1} MB.</source>
   <translation>其文件 {0} 解压后超过 {1} MB。</translation>
  </message>
  <message>
   <source>its file {0} {1}.</source>
   <translation>其中的文件 {0} {1}。</translation>
  </message>
  <message>
   <source>its files are damaged ({0}).</source>
   <translation>它的文件已损坏（{0}）。</translation>
  </message>
  <message>
   <source>its files are damaged ({0}: {1}).</source>
   <translation>它的文件已损坏（{0}：{1}）。</translation>
  </message>
  <message>
   <source>its first line is no JSON object.</source>
   <translation>第一行不是 JSON 对象。</translation>
  </message>
  <message>
   <source>its first row is empty; it has to name the columns.</source>
   <translation>第一行是空的；那里必须写列名。</translation>
  </message>
  <message>
   <source>its folder does not exist.</source>
   <translation>所在文件夹不存在。</translation>
  </message>
  <message>
   <source>its gzip data is damaged or breaks off.</source>
   <translation>gzip 数据已损坏或中断。</translation>
  </message>
  <message>
   <source>its head does not fit its labels.</source>
   <translation>分类头与标签不匹配。</translation>
  </message>
  <message>
   <source>its head has no weights.</source>
   <translation>分类头没有权重。</translation>
  </message>
  <message>
   <source>its head holds numbers that are not finite.</source>
   <translation>分类头中有非有限的数。</translation>
  </message>
  <message>
   <source>its head lacks {0} or {1}.</source>
   <translation>分类头缺少 {0} 或 {1}。</translation>
  </message>
  <message>
   <source>its header cannot be read ({0}).</source>
   <translation>无法读取表头（{0}）。</translation>
  </message>
  <message>
   <source>its header cannot be read: {0}.</source>
   <translation>无法读取表头：{0}。</translation>
  </message>
  <message>
   <source>its header claims {0} tensors, and the most is {1}.</source>
   <translation>其文件头声称有 {0} 个张量，最多 {1} 个。</translation>
  </message>
  <message>
   <source>its header claims {0} values, and the most is {1}.</source>
   <translation>其文件头声称有 {0} 个值，最多 {1} 个。</translation>
  </message>
  <message>
   <source>its header has no usable number “{0}.{1}”.</source>
   <translation>其文件头没有可用的数“{0}.{1}”。</translation>
  </message>
  <message>
   <source>its header has no whole number “{0}”.</source>
   <translation>其文件头缺少整数“{0}”。</translation>
  </message>
  <message>
   <source>its header is longer than {0} MB.</source>
   <translation>其文件头超过 {0} MB。</translation>
  </message>
  <message>
   <source>its header names no architecture.</source>
   <translation>其文件头没有注明架构。</translation>
  </message>
  <message>
   <source>its header names {0} layers, and the last one has no weights.</source>
   <translation>其文件头写有 {0} 层，而最后一层没有权重。</translation>
  </message>
  <message>
   <source>its header names {0} more than once; every column needs its own name.</source>
   <translation>表头中 {0} 出现不止一次；每列需要自己的名称。</translation>
  </message>
  <message>
   <source>its inputs and outputs are not those of an encoder.</source>
   <translation>它的输入和输出不是编码器应有的。</translation>
  </message>
  <message>
   <source>its keys and values differ in width.</source>
   <translation>其键与值的宽度不同。</translation>
  </message>
  <message>
   <source>its letters cannot be read as text (its fonts do not say which letters they show).</source>
   <translation>其中的字无法读成文本（字体没有说明显示的是哪些字）。</translation>
  </message>
  <message>
   <source>its list “tokenizer.ggml.{0}” does not match its {1} tokens.</source>
   <translation>其列表“tokenizer.ggml.{0}”与它的 {1} 个词元不相符。</translation>
  </message>
  <message>
   <source>its list “{0}” claims {1} entries, and the most is {2}.</source>
   <translation>其列表“{0}”声称有 {1} 项，最多 {2} 项。</translation>
  </message>
  <message>
   <source>its list “{0}” has {1} entries for {2} layers.</source>
   <translation>其列表“{0}”有 {1} 项，对应 {2} 层。</translation>
  </message>
  <message>
   <source>its list “{0}” holds entries of the unknown kind {1}.</source>
   <translation>其列表“{0}”含有未知类型 {1} 的项。</translation>
  </message>
  <message>
   <source>its lists and objects are nested too deeply</source>
   <translation>列表和对象嵌套过深</translation>
  </message>
  <message>
   <source>its lists claim more than {0} texts.</source>
   <translation>其列表声称有超过 {0} 条文本。</translation>
  </message>
  <message>
   <source>its manifest cannot be read ({0}).</source>
   <translation>无法读取清单（{0}）。</translation>
  </message>
  <message>
   <source>its manifest has more than {0} bytes.</source>
   <translation>清单超过 {0} 字节。</translation>
  </message>
  <message>
   <source>its manifest lists no file {0}.</source>
   <translation>清单中没有文件 {0}。</translation>
  </message>
  <message>
   <source>its name ends in {0}, but it is {1}.</source>
   <translation>文件名以 {0} 结尾，但实际是{1}。</translation>
  </message>
  <message>
   <source>its name needs 1 to {0} characters, with no space around it</source>
   <translation>名称需有 1 到 {0} 个字符，首尾不能有空格</translation>
  </message>
  <message>
   <source>its name or version cannot be.</source>
   <translation>它的名称或版本不合规则。</translation>
  </message>
  <message>
   <source>its objects have more than {0} different names; at most that many columns can be read.</source>
   <translation>各对象的不同名称超过 {0} 个；最多能读这么多列。</translation>
  </message>
  <message>
   <source>its pages are pictures without text.</source>
   <translation>各页是没有文本的图片。</translation>
  </message>
  <message>
   <source>its pages hold no text.</source>
   <translation>各页没有文本。</translation>
  </message>
  <message>
   <source>its part {0} is larger than {1} bytes.</source>
   <translation>其中的 {0} 超过 {1} 字节。</translation>
  </message>
  <message>
   <source>its part {0} is packed as no model is.</source>
   <translation>其中的 {0} 的打包方式不是模型应有的。</translation>
  </message>
  <message>
   <source>its part {0} unpacks to more than {1} times its size (a zip bomb).</source>
   <translation>其中的 {0} 解压后超过原大小的 {1} 倍（压缩炸弹）。</translation>
  </message>
  <message>
   <source>its part “{0}” is not a plain file with a plain name.</source>
   <translation>其中的“{0}”不是名称普通的普通文件。</translation>
  </message>
  <message>
   <source>its parts are nested too deeply.</source>
   <translation>各部分嵌套过深。</translation>
  </message>
  <message>
   <source>its parts do not fit each other.</source>
   <translation>它的各部分互不匹配。</translation>
  </message>
  <message>
   <source>its positions are scaled by the method {0}.</source>
   <translation>其位置用方法 {0} 缩放。</translation>
  </message>
  <message>
   <source>its positions turn a part of each head alone.</source>
   <translation>其位置编码只旋转每个头的一部分。</translation>
  </message>
  <message>
   <source>its quotation marks do not match, the latest at line {0}.</source>
   <translation>引号不成对，最后一处在第 {0} 行。</translation>
  </message>
  <message>
   <source>its row {0} is no conversation: {1}</source>
   <translation>其第 {0} 行不是对话：{1}</translation>
  </message>
  <message>
   <source>its scale is no positive number.</source>
   <translation>它的比例不是正数。</translation>
  </message>
  <message>
   <source>its scales are not positive.</source>
   <translation>它的比例不是正数。</translation>
  </message>
  <message>
   <source>its sheet is damaged: {0}.</source>
   <translation>工作表已损坏：{0}。</translation>
  </message>
  <message>
   <source>its sheets are empty.</source>
   <translation>各工作表都是空的。</translation>
  </message>
  <message>
   <source>its sheets hold numbers and hardly any words: data, no document.</source>
   <translation>各工作表几乎只有数字：是数据，不是文档。</translation>
  </message>
  <message>
   <source>its signature does not hold: it was changed after it was signed.</source>
   <translation>签名无效：它在签名之后被改动过。</translation>
  </message>
  <message>
   <source>its sizes make no sense.</source>
   <translation>它的大小不合理。</translation>
  </message>
  <message>
   <source>its slides hold no text.</source>
   <translation>幻灯片中没有文字。</translation>
  </message>
  <message>
   <source>its tables are no whole numbers of one byte.</source>
   <translation>它的表不是单字节整数。</translation>
  </message>
  <message>
   <source>its temperature is no positive number.</source>
   <translation>它的温度不是正数。</translation>
  </message>
  <message>
   <source>its tensor {0} has another shape than its header says.</source>
   <translation>其张量 {0} 的形状与文件头所写不符。</translation>
  </message>
  <message>
   <source>its tensor {0} is missing.</source>
   <translation>缺少其张量 {0}。</translation>
  </message>
  <message>
   <source>its tensor “{0}” begins at {1}, no multiple of {2}.</source>
   <translation>其张量“{0}”从 {1} 开始，不是 {2} 的倍数。</translation>
  </message>
  <message>
   <source>its tensor “{0}” claims an impossible shape.</source>
   <translation>其张量“{0}”声称的形状不可能存在。</translation>
  </message>
  <message>
   <source>its tensor “{0}” claims {1} dimensions; a tensor has 1 to {2}.</source>
   <translation>其张量“{0}”声称有 {1} 个维度；张量应有 1 到 {2} 个。</translation>
  </message>
  <message>
   <source>its tensor “{0}” has no place in a model of the family {1}.</source>
   <translation>其张量“{0}”在 {1} 系列的模型中没有位置。</translation>
  </message>
  <message>
   <source>its tensor “{0}” has numbers of the kind {1}; {2} can be turned into a generator.</source>
   <translation>其张量“{0}”的数为 {1} 类型；可转换成生成模型的是 {2}。</translation>
  </message>
  <message>
   <source>its tensor “{0}” has rows of {1} numbers, no multiple of {2}.</source>
   <translation>其张量“{0}”每行有 {1} 个数，不是 {2} 的倍数。</translation>
  </message>
  <message>
   <source>its tensor “{0}” holds numbers that are none, or too large.</source>
   <translation>其张量“{0}”含有非数或过大的数。</translation>
  </message>
  <message>
   <source>its tensor “{0}” is of the kind {1}, which this program does not know.</source>
   <translation>其张量“{0}”的类型为 {1}，本程序不认识。</translation>
  </message>
  <message>
   <source>its tensor “{0}” is {1}; its config.json says {2}.</source>
   <translation>其张量“{0}”为 {1}；其 config.json 写的是 {2}。</translation>
  </message>
  <message>
   <source>its tensor “{0}” stands in two places.</source>
   <translation>其张量“{0}”出现在两处。</translation>
  </message>
  <message>
   <source>its tensor “{0}” stands twice in its header.</source>
   <translation>其张量“{0}”在文件头中出现两次。</translation>
  </message>
  <message>
   <source>its tensors “{0}” and “{1}” lie on each other.</source>
   <translation>其张量“{0}”与“{1}”相互重叠。</translation>
  </message>
  <message>
   <source>its text is {0}, but at byte {1} (line {2}) stands something else; it may mix several encodings.</source>
   <translation>文本编码为 {0}，但第 {1} 字节（第 {2} 行）处是别的编码；可能混用了多种编码。</translation>
  </message>
  <message>
   <source>its texts take {0} MB, more than a workbook may have; save it as csv.</source>
   <translation>其中的文本占 {0} MB，超过工作簿的上限；请另存为 csv。</translation>
  </message>
  <message>
   <source>its tokenizer has a token of more than {0} bytes.</source>
   <translation>其分词器有超过 {0} 字节的词元。</translation>
  </message>
  <message>
   <source>its tokenizer has a token of number {0}, and the model {1} vectors for tokens.</source>
   <translation>其分词器有编号为 {0} 的词元，而模型有 {1} 个词元向量。</translation>
  </message>
  <message>
   <source>its tokenizer has no tokens.</source>
   <translation>其分词器没有词元。</translation>
  </message>
  <message>
   <source>its tokenizer is in a form that is not read; take the model with its {0}.</source>
   <translation>其分词器的格式无法读取；请使用带有 {0} 的模型。</translation>
  </message>
  <message>
   <source>its tokenizer takes more than {0} MB of memory to read.</source>
   <translation>读取其分词器需要超过 {0} MB 内存。</translation>
  </message>
  <message>
   <source>its tokenizer.json changes texts by {0}, which llama.cpp does not.</source>
   <translation>其 tokenizer.json 用 {0} 改动文本，而 llama.cpp 不这样做。</translation>
  </message>
  <message>
   <source>its tokenizer.json cuts texts by {0}, which llama.cpp does not.</source>
   <translation>其 tokenizer.json 用 {0} 切分文本，而 llama.cpp 不这样做。</translation>
  </message>
  <message>
   <source>its tokenizer.json cuts texts in a way that llama.cpp has no name for (“{0}”).</source>
   <translation>其 tokenizer.json 切分文本的方式在 llama.cpp 中没有名称（“{0}”）。</translation>
  </message>
  <message>
   <source>its tokenizer.json does not mark spaces as SentencePiece does, and is not byte-level either.</source>
   <translation>其 tokenizer.json 既不像 SentencePiece 那样标记空格，也不是字节级的。</translation>
  </message>
  <message>
   <source>its tokenizer.json gives the token “{0}” a number that cannot be.</source>
   <translation>其 tokenizer.json 给词元“{0}”的编号无效。</translation>
  </message>
  <message>
   <source>its tokenizer.json has no pieces for single bytes, which llama.cpp needs.</source>
   <translation>其 tokenizer.json 没有单字节的片段，而 llama.cpp 需要它们。</translation>
  </message>
  <message>
   <source>its tokenizer.json has the rule of joining {0} for no piece.</source>
   <translation>其 tokenizer.json 的合并规则 {0} 没有对应的片段。</translation>
  </message>
  <message>
   <source>its tokenizer.json has the rule of joining {0}, which is none.</source>
   <translation>其 tokenizer.json 有合并规则 {0}，这不是规则。</translation>
  </message>
  <message>
   <source>its tokenizer.json marks the parts of words, which llama.cpp does not.</source>
   <translation>其 tokenizer.json 标记词的各部分，而 llama.cpp 不这样做。</translation>
  </message>
  <message>
   <source>its turn {0} is no object.</source>
   <translation>其第 {0} 条发言不是对象。</translation>
  </message>
  <message>
   <source>its turn {0} needs a role (system, user or assistant) and a content.</source>
   <translation>其第 {0} 条发言需要 role（system、user 或 assistant）和 content。</translation>
  </message>
  <message>
   <source>its value “{0}” cannot be; 0 to {1} can.</source>
   <translation>其值“{0}”无效；应在 0 到 {1} 之间。</translation>
  </message>
  <message>
   <source>its value “{0}” is of the unknown kind {1}.</source>
   <translation>其值“{0}”的类型 {1} 未知。</translation>
  </message>
  <message>
   <source>its value “{0}” is {1}, which is no token of its vocabulary.</source>
   <translation>其值“{0}”为 {1}，不是词表中的词元。</translation>
  </message>
  <message>
   <source>its value “{0}” is {1}; 1 to {2} can be.</source>
   <translation>其值“{0}”为 {1}；应在 1 到 {2} 之间。</translation>
  </message>
  <message>
   <source>its values cannot be read.</source>
   <translation>无法读取其中的值。</translation>
  </message>
  <message>
   <source>its vectors of the tokens are {0}; its header says {1} x {2}.</source>
   <translation>其词元向量为 {0}；文件头写的是 {1} x {2}。</translation>
  </message>
  <message>
   <source>its vocabulary cannot be read.</source>
   <translation>其词表无法读取。</translation>
  </message>
  <message>
   <source>its vocabulary has the token “{0}” twice.</source>
   <translation>其词表中词元“{0}”出现两次。</translation>
  </message>
  <message>
   <source>its vocabulary of {0} tokens cannot be.</source>
   <translation>其词表有 {0} 个词元，不可能如此。</translation>
  </message>
  <message>
   <source>its weights are packed already ({0}); take the model as it was before.</source>
   <translation>其权重已经压缩（{0}）；请使用压缩前的模型。</translation>
  </message>
  <message>
   <source>its weights are pickled Python ({0}), which can run a stranger's code when it is opened; take the same model as safetensors.</source>
   <translation>其权重是 Python 的 pickle 文件（{0}），打开时可能运行陌生人的代码；请使用同一模型的 safetensors 版本。</translation>
  </message>
  <message>
   <source>its weights cannot be read ({0}).</source>
   <translation>无法读取它的权重（{0}）。</translation>
  </message>
  <message>
   <source>its weights do not fit the encoder.</source>
   <translation>它的权重与编码器不匹配。</translation>
  </message>
  <message>
   <source>its weights have no tensor “lm_head.weight”, and its config.json says it is one of its own.</source>
   <translation>其权重没有张量“lm_head.weight”，而 config.json 称它是单独的一个。</translation>
  </message>
  <message>
   <source>its weights have no tensor “{0}”.</source>
   <translation>其权重没有张量“{0}”。</translation>
  </message>
  <message>
   <source>its weights have no vectors of the tokens (token_embd.weight).</source>
   <translation>其权重中没有词元向量（token_embd.weight）。</translation>
  </message>
  <message>
   <source>its weights {0} are packed as {1}, which cannot be taught over or merged; take the same model as one of {2}.</source>
   <translation>其权重 {0} 以 {1} 打包，无法在其上训练或合并；请使用同一模型的以下类型之一：{2}。</translation>
  </message>
  <message>
   <source>its zip packing is damaged or breaks off ({0}).</source>
   <translation>zip 压缩已损坏或中断（{0}）。</translation>
  </message>
  <message>
   <source>its {0} cannot be read ({1}).</source>
   <translation>无法读取其中的 {0}（{1}）。</translation>
  </message>
  <message>
   <source>its {0} changes letters before cutting, which llama.cpp does not.</source>
   <translation>其中的 {0} 在切分前改动字母，而 llama.cpp 不这样做。</translation>
  </message>
  <message>
   <source>its {0} cuts by likelihood (unigram); only the kind that joins pairs (BPE) is read.</source>
   <translation>其中的 {0} 按概率切分（unigram）；只能读取合并词对的那种（BPE）。</translation>
  </message>
  <message>
   <source>its {0} has more than {1} pieces.</source>
   <translation>其中的 {0} 超过 {1} 个片段。</translation>
  </message>
  <message>
   <source>its {0} has no list “{1}” of {2} numbers.</source>
   <translation>其中的 {0} 没有含 {2} 个数的列表“{1}”。</translation>
  </message>
  <message>
   <source>its {0} has no number “{1}”.</source>
   <translation>其中的 {0} 没有数字“{1}”。</translation>
  </message>
  <message>
   <source>its {0} has no pieces for single bytes, which llama.cpp needs.</source>
   <translation>其中的 {0} 没有单字节的片段，而 llama.cpp 需要它们。</translation>
  </message>
  <message>
   <source>its {0} has no whole number “{1}”.</source>
   <translation>其中的 {0} 没有整数“{1}”。</translation>
  </message>
  <message>
   <source>its {0} has no “weight_map” from tensors to files.</source>
   <translation>其中的 {0} 没有从张量到文件的“weight_map”。</translation>
  </message>
  <message>
   <source>its {0} has “{1}” that is no object.</source>
   <translation>其中的 {0} 的“{1}”不是对象。</translation>
  </message>
  <message>
   <source>its {0} heads do not share {1} heads of keys evenly.</source>
   <translation>其 {0} 个头不能平均共用 {1} 个键头。</translation>
  </message>
  <message>
   <source>its {0} is damaged{1}.</source>
   <translation>其中的 {0} 已损坏{1}。</translation>
  </message>
  <message>
   <source>its {0} is no regular file.</source>
   <translation>其中的 {0} 不是普通文件。</translation>
  </message>
  <message>
   <source>its {0} is of the kind {1}; BPE is read.</source>
   <translation>其中的 {0} 是 {1} 类型；只能读取 BPE。</translation>
  </message>
  <message>
   <source>its {0} names {1} files; the most is {2}.</source>
   <translation>其中的 {0} 列出 {1} 个文件；最多 {2} 个。</translation>
  </message>
  <message>
   <source>its {0} names “{1}”, which is no safetensors file beside it.</source>
   <translation>其中的 {0} 写有“{1}”，但旁边没有这个 safetensors 文件。</translation>
  </message>
  <message>
   <source>its {0} says that {1} holds “{2}”; it does not.</source>
   <translation>其中的 {0} 称 {1} 含有“{2}”；实际没有。</translation>
  </message>
  <message>
   <source>its {0} says “{1}”: {2}, which cannot be.</source>
   <translation>其中的 {0} 写有“{1}”：{2}，这不可能。</translation>
  </message>
  <message>
   <source>its {0} says “{1}”: {2}; 1 to {3} can be.</source>
   <translation>其中的 {0} 写有“{1}”：{2}；应在 1 到 {3} 之间。</translation>
  </message>
  <message>
   <source>k must be from 1 to 100; it is {0}.</source>
   <translation>k 必须在 1 到 100 之间；现在是 {0}。</translation>
  </message>
  <message>
   <source>k must be from 1 to {0}; it is {1}.</source>
   <translation>k 必须在 1 到 {0} 之间，现在是 {1}。</translation>
  </message>
  <message>
   <source>label of {0}</source>
   <translation>{0} 的标签</translation>
  </message>
  <message>
   <source>lacks ranges of layer {0}</source>
   <translation>缺少第 {0} 层的范围</translation>
  </message>
  <message>
   <source>language_model.model.</source>
   <translation>language_model.model.（语言模型）</translation>
  </message>
  <message>
   <source>layers, heads, width</source>
   <translation>层数、头数、宽度</translation>
  </message>
  <message>
   <source>licence, as the file says</source>
   <translation>许可证（按文件所述）</translation>
  </message>
  <message>
   <source>line 1: there is no test in the file</source>
   <translation>第 1 行：文件中没有测试</translation>
  </message>
  <message>
   <source>line {0} has a word and no tag</source>
   <translation>第 {0} 行有词而没有标记</translation>
  </message>
  <message>
   <source>line {0} has no answer</source>
   <translation>第 {0} 行没有回答</translation>
  </message>
  <message>
   <source>line {0} has no question</source>
   <translation>第 {0} 行没有问题</translation>
  </message>
  <message>
   <source>line {0} has no text</source>
   <translation>第 {0} 行没有文本</translation>
  </message>
  <message>
   <source>line {0}: it is not UTF-8 text.</source>
   <translation>第 {0} 行：不是 UTF-8 文本。</translation>
  </message>
  <message>
   <source>line {0}: the name “{1}” is there twice</source>
   <translation>第 {0} 行：名称“{1}”出现了两次</translation>
  </message>
  <message>
   <source>line {0}: the test “{1}” expects nothing, so it could not fail</source>
   <translation>第 {0} 行：测试“{1}”没有预期，因此不可能失败</translation>
  </message>
  <message>
   <source>line {0}: the test “{1}” has no customer</source>
   <translation>第 {0} 行：测试“{1}”没有客户的话</translation>
  </message>
  <message>
   <source>llama.cpp (the package llama-cpp-python)</source>
   <translation>llama.cpp（软件包 llama-cpp-python）</translation>
  </message>
  <message>
   <source>llama.cpp cuts some texts into other tokens than the model was taught with: {0}.</source>
   <translation>llama.cpp 把一些文本切成的词元与模型训练时不同：{0}。</translation>
  </message>
  <message>
   <source>llama.cpp ends over it ({0}); the file is damaged or was made to do harm.</source>
   <translation>llama.cpp 因它而异常结束（{0}）；该文件已损坏，或是恶意制作的。</translation>
  </message>
  <message>
   <source>llama.cpp fails while computing (code {0}).</source>
   <translation>llama.cpp 计算时出错（代码 {0}）。</translation>
  </message>
  <message>
   <source>llama.cpp would cut “{0}” into other tokens than it was taught with.</source>
   <translation>llama.cpp 会把“{0}”切成与训练时不同的词元。</translation>
  </message>
  <message>
   <source>load the generator</source>
   <translation>加载生成模型</translation>
  </message>
  <message>
   <source>measure answers from passages</source>
   <translation>根据段落测量回答</translation>
  </message>
  <message>
   <source>measurement</source>
   <translation>测量结果</translation>
  </message>
  <message>
   <source>message</source>
   <translation>消息</translation>
  </message>
  <message>
   <source>mode, intent, says, says not, asks, slot NAME, cites, because, notice, confidence, person</source>
   <translation>mode（方式）、intent（意图）、says（包含）、says not（不包含）、asks（追问）、slot NAME（信息）、cites（引用）、because（原因）、notice（提示）、confidence（置信度）、person（人工）</translation>
  </message>
  <message>
   <source>model</source>
   <translation>模型</translation>
  </message>
  <message>
   <source>model version added to</source>
   <translation>模型版本已添加内容</translation>
  </message>
  <message>
   <source>model version put to use</source>
   <translation>启用模型版本</translation>
  </message>
  <message>
   <source>model version rewritten</source>
   <translation>改写模型版本</translation>
  </message>
  <message>
   <source>model version saved</source>
   <translation>保存模型版本</translation>
  </message>
  <message>
   <source>model.language_model.</source>
   <translation>model.language_model.（语言模型）</translation>
  </message>
  <message>
   <source>neither doc nor answer tells which passage is right</source>
   <translation>doc 和 answer 都没有说明哪一段是正确的</translation>
  </message>
  <message>
   <source>neither its {0} nor its config.json names the token that ends a text (eos_token).</source>
   <translation>其 {0} 和 config.json 都没有指明结束文本的词元（eos_token）。</translation>
  </message>
  <message>
   <source>no NVIDIA graphics card with a working driver is found on this machine.</source>
   <translation>本机没有找到驱动正常的 NVIDIA 显卡。</translation>
  </message>
  <message>
   <source>no better on the validation texts</source>
   <translation>在验证文本上不再提高</translation>
  </message>
  <message>
   <source>no collection yet</source>
   <translation>还没有资料库</translation>
  </message>
  <message>
   <source>no earlier one</source>
   <translation>没有更早的</translation>
  </message>
  <message>
   <source>no item is given</source>
   <translation>没有给出物品</translation>
  </message>
  <message>
   <source>no list that was shown holds this item for this person</source>
   <translation>没有一份向此人展示过的列表含有此物品</translation>
  </message>
  <message>
   <source>no list was recorded with the chances of its places; record lists, and let some places explore.</source>
   <translation>没有一份列表记录了各位置的概率；请记录列表，并留出一些位置来探索。</translation>
  </message>
  <message>
   <source>no precision can be</source>
   <translation>任何精确率都无法保证</translation>
  </message>
  <message>
   <source>no reason known</source>
   <translation>原因不明</translation>
  </message>
  <message>
   <source>no row of it names a user.</source>
   <translation>没有一行写明用户。</translation>
  </message>
  <message>
   <source>no share can be</source>
   <translation>任何比例都无法保证</translation>
  </message>
  <message>
   <source>no text is left that neither version was taught; name a data set of marked texts to compare them.</source>
   <translation>没有两个版本都未学过的文本；请指定一个带标记的数据集来比较。</translation>
  </message>
  <message>
   <source>nobody answers in it.</source>
   <translation>其中没有人作答。</translation>
  </message>
  <message>
   <source>nobody has given a question of the chat an intent yet: choose one when answering in the queue, correct one in the chat, or rate an answer by an intent as good.</source>
   <translation>还没有人为对话中的问题指定意图：请在队列中答复时选择意图、在对话中更正，或把按意图给出的答案评为正确。</translation>
  </message>
  <message>
   <source>none in this folder</source>
   <translation>此文件夹中没有</translation>
  </message>
  <message>
   <source>none is watched</source>
   <translation>没有监视任何文件夹</translation>
  </message>
  <message>
   <source>none of its first {0} lines is a JSON object with names.</source>
   <translation>前 {0} 行中没有一行是带名称的 JSON 对象。</translation>
  </message>
  <message>
   <source>none of its lines holds a text.</source>
   <translation>没有一行含有文本。</translation>
  </message>
  <message>
   <source>none of its people and items is known to {0}.</source>
   <translation>{0} 不认识其中的任何人和物品。</translation>
  </message>
  <message>
   <source>none of its people is known to {0}.</source>
   <translation>{0} 不认识其中的任何人。</translation>
  </message>
  <message>
   <source>none of its rows holds a question and an answer.</source>
   <translation>没有一行同时含有问题和回答。</translation>
  </message>
  <message>
   <source>none of its {0} events is about an item of the item list (items in it: {1}).</source>
   <translation>{0} 条行为中没有一条涉及物品清单中的物品（清单中的物品：{1}）。</translation>
  </message>
  <message>
   <source>none of its {0} rows can be used ({1}{2}).</source>
   <translation>{0} 行中没有一行可用（{1}{2}）。</translation>
  </message>
  <message>
   <source>none yet (kinds: {0})</source>
   <translation>还没有（种类：{0}）</translation>
  </message>
  <message>
   <source>none; the item data set has no column with categories</source>
   <translation>没有；物品数据集没有含类别的列</translation>
  </message>
  <message>
   <source>not a line with a question ({0})</source>
   <translation>不是含有问题的一行（{0}）</translation>
  </message>
  <message>
   <source>not a plain array</source>
   <translation>不是普通数组</translation>
  </message>
  <message>
   <source>not in its manifest</source>
   <translation>不在清单中</translation>
  </message>
  <message>
   <source>nothing in use</source>
   <translation>没有在用的</translation>
  </message>
  <message>
   <source>nothing is left that both versions held out; name a labelled data set to compare them on.</source>
   <translation>没有两个版本都留出的文本；请指定一个带标签的数据集来比较。</translation>
  </message>
  <message>
   <source>nothing more of it could be read within {0} seconds.</source>
   <translation>{0} 秒内没有再读出任何内容。</translation>
  </message>
  <message>
   <source>nothing stands after “{0}:”</source>
   <translation>“{0}:”之后没有内容</translation>
  </message>
  <message>
   <source>nothing was labelled in its queue that is not taught already.</source>
   <translation>其队列中没有已标注而尚未学习的内容。</translation>
  </message>
  <message>
   <source>number of epochs</source>
   <translation>轮数</translation>
  </message>
  <message>
   <source>number of layers</source>
   <translation>层数</translation>
  </message>
  <message>
   <source>only the first {0} questions are used</source>
   <translation>只使用前 {0} 个问题</translation>
  </message>
  <message>
   <source>over {0} {1}</source>
   <translation>用于 {0} 时{1}</translation>
  </message>
  <message>
   <source>page</source>
   <translation>页</translation>
  </message>
  <message>
   <source>pages count from 1</source>
   <translation>页码从 1 开始</translation>
  </message>
  <message>
   <source>payment card numbers in {0}</source>
   <translation>{0} 行有银行卡号</translation>
  </message>
  <message>
   <source>person in {0}</source>
   <translation>{0} 中的人</translation>
  </message>
  <message>
   <source>phone numbers in {0}</source>
   <translation>{0} 行有电话号码</translation>
  </message>
  <message>
   <source>profile</source>
   <translation>档案</translation>
  </message>
  <message>
   <source>read the prompt</source>
   <translation>读取提示</translation>
  </message>
  <message>
   <source>reading it did not end within {0} seconds and was stopped.</source>
   <translation>读取在 {0} 秒内没有完成，已停止。</translation>
  </message>
  <message>
   <source>reading it ended unexpectedly ({0}).</source>
   <translation>读取意外中止（{0}）。</translation>
  </message>
  <message>
   <source>reading it failed ({0}).</source>
   <translation>读取失败（{0}）。</translation>
  </message>
  <message>
   <source>reading it failed ({0}: {1}).</source>
   <translation>读取失败（{0}：{1}）。</translation>
  </message>
  <message>
   <source>reading it needs more memory than there is.</source>
   <translation>读取它所需的内存超过了现有内存。</translation>
  </message>
  <message>
   <source>reading it needs more than {0} MB of memory and was stopped.</source>
   <translation>读取它需要超过 {0} MB 内存，已停止。</translation>
  </message>
  <message>
   <source>reading it takes more than {0} seconds of work and was stopped.</source>
   <translation>读取它需要超过 {0} 秒的计算，已停止。</translation>
  </message>
  <message>
   <source>recommendation rule added</source>
   <translation>推荐规则已添加</translation>
  </message>
  <message>
   <source>recommendation rule removed</source>
   <translation>推荐规则已移除</translation>
  </message>
  <message>
   <source>row {0} has a tag and no word</source>
   <translation>第 {0} 行有标记而没有词</translation>
  </message>
  <message>
   <source>row {0} has a word and no tag</source>
   <translation>第 {0} 行有词而没有标记</translation>
  </message>
  <message>
   <source>row {0} points to a text that is not there</source>
   <translation>第 {0} 行指向不存在的文本</translation>
  </message>
  <message>
   <source>row {0}: {1} to {2} ({3}) of {4} characters</source>
   <translation>第 {0} 行：{1} 到 {2}（{3}），共 {4} 个字符</translation>
  </message>
  <message>
   <source>rule of {0}</source>
   <translation>{0} 的规则</translation>
  </message>
  <message>
   <source>run the retrieval meter first</source>
   <translation>请先测量检索效果</translation>
  </message>
  <message>
   <source>sample language</source>
   <translation>示例语言</translation>
  </message>
  <message>
   <source>sample table</source>
   <translation>示例表格</translation>
  </message>
  <message>
   <source>see the conversation</source>
   <translation>请看该对话</translation>
  </message>
  <message>
   <source>see the hand-off queue</source>
   <translation>请看转交队列</translation>
  </message>
  <message>
   <source>see the list of approved answers</source>
   <translation>请看核准回答的列表</translation>
  </message>
  <message>
   <source>see the list of conversations</source>
   <translation>请看对话列表</translation>
  </message>
  <message>
   <source>see the list of documents</source>
   <translation>请看文档列表</translation>
  </message>
  <message>
   <source>something is expected before a customer has spoken</source>
   <translation>客户还没有说话就写了预期</translation>
  </message>
  <message>
   <source>texts queued for labelling</source>
   <translation>文本进入标注队列</translation>
  </message>
  <message>
   <source>the Chinese encoder</source>
   <translation>中文编码器</translation>
  </message>
  <message>
   <source>the adapter does not fit the vectors</source>
   <translation>适配器与向量不符</translation>
  </message>
  <message>
   <source>the adapter holds numbers that are none</source>
   <translation>适配器中含有无效数字</translation>
  </message>
  <message>
   <source>the answers in conversation {0}</source>
   <translation>对话 {0} 中的答案</translation>
  </message>
  <message>
   <source>the bundled encoder does not know its script, so the method {0} has nothing to adapt; use head.</source>
   <translation>自带的编码器不认识其文字，方法 {0} 没有可调整之处；请用 head。</translation>
  </message>
  <message>
   <source>the bundled encoder does not know the script of these texts.</source>
   <translation>自带的编码器不认识这些文本的文字。</translation>
  </message>
  <message>
   <source>the bundled encoder whose layers can be adapted does not know its script, so the method {0} has nothing to adapt; use head.</source>
   <translation>可调整各层的自带编码器不认识其文字，方法 {0} 没有可调整之处；请用 head。</translation>
  </message>
  <message>
   <source>the bundled encoders do not know its script; give at least two texts per label and use head.</source>
   <translation>自带的编码器不认识其文字；请为每个标签给出至少两条文本，并用 head。</translation>
  </message>
  <message>
   <source>the cells of row {0} are out of order</source>
   <translation>第 {0} 行的单元格顺序混乱</translation>
  </message>
  <message>
   <source>the collection is empty</source>
   <translation>资料库是空的</translation>
  </message>
  <message>
   <source>the desk has approved or vouched for only</source>
   <translation>客服台审定或认可的只有</translation>
  </message>
  <message>
   <source>the disk answers with an error ({0}).</source>
   <translation>磁盘返回错误（{0}）。</translation>
  </message>
  <message>
   <source>the entry of its file {0} has no proper size and sha256.</source>
   <translation>文件 {0} 的条目没有正确的大小和 sha256。</translation>
  </message>
  <message>
   <source>the file brings the drawing down.</source>
   <translation>该文件使绘制程序崩溃。</translation>
  </message>
  <message>
   <source>the file has {0} lines; the most is {1}</source>
   <translation>文件有 {0} 行；最多 {1} 行</translation>
  </message>
  <message>
   <source>the file is no longer there.</source>
   <translation>文件已不在。</translation>
  </message>
  <message>
   <source>the file names none</source>
   <translation>文件中未注明</translation>
  </message>
  <message>
   <source>the file {0} cannot be read ({1}).</source>
   <translation>无法读取文件 {0}（{1}）。</translation>
  </message>
  <message>
   <source>the file {0} has another size than its manifest names.</source>
   <translation>文件 {0} 的大小与清单所写不符。</translation>
  </message>
  <message>
   <source>the file {0} is missing or has another size.</source>
   <translation>文件 {0} 缺失或大小不符。</translation>
  </message>
  <message>
   <source>the file {0} is missing.</source>
   <translation>缺少文件 {0}。</translation>
  </message>
  <message>
   <source>the file {0} is not in its manifest.</source>
   <translation>文件 {0} 不在清单中。</translation>
  </message>
  <message>
   <source>the file {0} is not the one its manifest names.</source>
   <translation>文件 {0} 不是清单所写的那个文件。</translation>
  </message>
  <message>
   <source>the file {0} is {1}.</source>
   <translation>文件 {0} 是{1}。</translation>
  </message>
  <message>
   <source>the header of its file {0} cannot be read ({1}).</source>
   <translation>无法读取其中文件 {0} 的文件头（{1}）。</translation>
  </message>
  <message>
   <source>the installed PyTorch was built for the processor alone.</source>
   <translation>所安装的 PyTorch 只支持处理器。</translation>
  </message>
  <message>
   <source>the intent “{0}” has two templates</source>
   <translation>意图“{0}”有两个模板</translation>
  </message>
  <message>
   <source>the lengths of its texts make no sense.</source>
   <translation>它的文本长度不合理。</translation>
  </message>
  <message>
   <source>the line is written in UTF-8, and the rest of the file in {0}</source>
   <translation>这一行是 UTF-8 编码，而文件其余部分是 {0}</translation>
  </message>
  <message>
   <source>the mode “{0}” is not known; known: {1}</source>
   <translation>不认识方式“{0}”；可用的有：{1}</translation>
  </message>
  <message>
   <source>the name {0} belongs to a model of the program.</source>
   <translation>名称 {0} 属于程序自带的模型。</translation>
  </message>
  <message>
   <source>the object at line {0} is larger than {1} million characters.</source>
   <translation>第 {0} 行的对象超过 {1} 百万个字符。</translation>
  </message>
  <message>
   <source>the one before</source>
   <translation>上一版本</translation>
  </message>
  <message>
   <source>the page cannot be drawn; it is damaged.</source>
   <translation>无法绘制该页；它已损坏。</translation>
  </message>
  <message>
   <source>the pattern fits the empty text, so it would find nothing everywhere</source>
   <translation>模式能匹配空文本，会在各处找到空内容</translation>
  </message>
  <message>
   <source>the pattern has too many optional parts, which can take very long</source>
   <translation>模式中的可选部分太多，可能耗时极长</translation>
  </message>
  <message>
   <source>the pattern has {0} characters; the most is {1}</source>
   <translation>模式有 {0} 个字符；最多 {1} 个</translation>
  </message>
  <message>
   <source>the pattern has {0} open repetitions (* or +); the most is {1}</source>
   <translation>模式有 {0} 处无限重复（* 或 +）；最多 {1} 处</translation>
  </message>
  <message>
   <source>the pattern is no regular expression ({0})</source>
   <translation>模式不是正则表达式（{0}）</translation>
  </message>
  <message>
   <source>the pattern refers back to a group, which can take very long</source>
   <translation>模式引用了前面的组，可能耗时极长</translation>
  </message>
  <message>
   <source>the pattern repeats a group that holds a repetition or a choice, which can take very long</source>
   <translation>模式重复了含有重复或选择的组，可能耗时极长</translation>
  </message>
  <message>
   <source>the question is empty</source>
   <translation>问题为空</translation>
  </message>
  <message>
   <source>the ranker does not fit the items</source>
   <translation>排序器与物品不匹配</translation>
  </message>
  <message>
   <source>the seasons do not fit the items</source>
   <translation>季节数据与商品不符</translation>
  </message>
  <message>
   <source>the sentence has more than {0} words; a blank line belongs between two</source>
   <translation>句子超过 {0} 个词；两句之间应有空行</translation>
  </message>
  <message>
   <source>the shape of {0} does not fit.</source>
   <translation>{0} 的形状不符。</translation>
  </message>
  <message>
   <source>the slot name “{0}” may hold letters, digits and _ only</source>
   <translation>信息项名称“{0}”只能含字母、数字和 _</translation>
  </message>
  <message>
   <source>the slot “{0}” has neither kind nor pattern nor entity, so nothing can fill it</source>
   <translation>信息项“{0}”没有类型、模式或实体，无法填入</translation>
  </message>
  <message>
   <source>the slot “{0}” is there twice</source>
   <translation>信息项“{0}”出现了两次</translation>
  </message>
  <message>
   <source>the slot “{0}” waits for the entity “{1}”, and the profile has no reader</source>
   <translation>信息项“{0}”等待实体“{1}”，但坐席没有阅读器</translation>
  </message>
  <message>
   <source>the span {0} to {1} does not hold the text that it names</source>
   <translation>标注 {0} 到 {1} 处不是它所写的文本</translation>
  </message>
  <message>
   <source>the span {0} to {1} does not lie in the text of {2} characters</source>
   <translation>标注 {0} 到 {1} 超出了 {2} 个字符的文本</translation>
  </message>
  <message>
   <source>the spans are not a list</source>
   <translation>标注不是列表</translation>
  </message>
  <message>
   <source>the spans are not valid JSON</source>
   <translation>标注不是有效的 JSON</translation>
  </message>
  <message>
   <source>the spans {0} to {1} ({2}) and {3} to {4} ({5}) overlap; an entity must not begin within another</source>
   <translation>标注 {0} 到 {1}（{2}）与 {3} 到 {4}（{5}）重叠；一个实体不能从另一个中间开始</translation>
  </message>
  <message>
   <source>the stored form does not fit this program ({0}).</source>
   <translation>存储的形式与本程序不符（{0}）。</translation>
  </message>
  <message>
   <source>the system cannot open it ({0}).</source>
   <translation>系统无法打开它（{0}）。</translation>
  </message>
  <message>
   <source>the system says: {0}.</source>
   <translation>系统提示：{0}。</translation>
  </message>
  <message>
   <source>the tag “{0}” in line {1} is neither O nor begins with B- or I-</source>
   <translation>第 {1} 行的标记“{0}”既不是 O，也不以 B- 或 I- 开头</translation>
  </message>
  <message>
   <source>the tag “{0}” is neither O nor begins with B- or I-</source>
   <translation>标记“{0}”既不是 O，也不以 B- 或 I- 开头</translation>
  </message>
  <message>
   <source>the tags are numbers; write their names instead, such as B-person and O</source>
   <translation>标记是数字；请写它们的名称，例如 B-person 和 O</translation>
  </message>
  <message>
   <source>the template of “{0}” has no text</source>
   <translation>“{0}”的模板没有文字</translation>
  </message>
  <message>
   <source>the template of “{0}” is longer than {1} characters</source>
   <translation>“{0}”的模板超过 {1} 个字符</translation>
  </message>
  <message>
   <source>the template of “{0}” names the slot “{1}”, which there is not</source>
   <translation>“{0}”的模板用到了不存在的信息项“{1}”</translation>
  </message>
  <message>
   <source>the time allowed was over</source>
   <translation>允许的时间已用完</translation>
  </message>
  <message>
   <source>the time “{0}” is not a date in ISO 8601</source>
   <translation>时间“{0}”不是 ISO 8601 格式的日期</translation>
  </message>
  <message>
   <source>the training cannot go on from it ({0}).</source>
   <translation>训练无法由此继续（{0}）。</translation>
  </message>
  <message>
   <source>the trees do not fit</source>
   <translation>决策树不匹配</translation>
  </message>
  <message>
   <source>the type “{0}” is none of shown, clicked and dismissed</source>
   <translation>类型“{0}”不是 shown、clicked 或 dismissed</translation>
  </message>
  <message>
   <source>the vectors do not fit</source>
   <translation>向量不匹配</translation>
  </message>
  <message>
   <source>the worker that reads it ends over it ({0}); it is damaged.</source>
   <translation>读取它的工作进程因它而结束（{0}）；它已损坏。</translation>
  </message>
  <message>
   <source>the {0} do not fit</source>
   <translation>{0} 不匹配</translation>
  </message>
  <message>
   <source>the {0} is empty</source>
   <translation>{0} 是空的</translation>
  </message>
  <message>
   <source>there are no new clicks or dismissals of people with a name.</source>
   <translation>没有署名的人的新点击或拒绝。</translation>
  </message>
  <message>
   <source>there are {0} tags for {1} words</source>
   <translation>{1} 个词对应 {0} 个标记</translation>
  </message>
  <message>
   <source>there is more after the end of its list, at line {0}.</source>
   <translation>列表结束之后还有内容，在第 {0} 行。</translation>
  </message>
  <message>
   <source>there is no file or folder of this name.</source>
   <translation>没有这个名称的文件或文件夹。</translation>
  </message>
  <message>
   <source>there is no permission to read it.</source>
   <translation>没有读取它的权限。</translation>
  </message>
  <message>
   <source>there is no person named {0} in {1}</source>
   <translation>{1} 中没有名为 {0} 的人</translation>
  </message>
  <message>
   <source>they are left out of the check.</source>
   <translation>检验时已略去。</translation>
  </message>
  <message>
   <source>this Mac has no graphics processor that PyTorch can use, or its macOS is older than 12.3.</source>
   <translation>这台 Mac 没有 PyTorch 可用的图形处理器，或 macOS 早于 12.3。</translation>
  </message>
  <message>
   <source>those of conversation {0}</source>
   <translation>对话 {0} 中的那些</translation>
  </message>
  <message>
   <source>those that the queue lists</source>
   <translation>队列中列出的那些</translation>
  </message>
  <message>
   <source>those that were written here</source>
   <translation>在此写下的那些</translation>
  </message>
  <message>
   <source>today is a day like 2026-01-31, not “{0}”</source>
   <translation>today 应是 2026-01-31 这样的日期，不能是“{0}”</translation>
  </message>
  <message>
   <source>too little is known about its items to say which are near each other.</source>
   <translation>对其物品了解太少，说不出哪些彼此相近。</translation>
  </message>
  <message>
   <source>two of its files differ only in capital letters.</source>
   <translation>有两个文件的名称只在大小写上不同。</translation>
  </message>
  <message>
   <source>unpacks to more than {0} MB</source>
   <translation>解压后超过 {0} MB</translation>
  </message>
  <message>
   <source>version in use of</source>
   <translation>使用中的版本</translation>
  </message>
  <message>
   <source>version of {0}</source>
   <translation>{0} 的版本</translation>
  </message>
  <message>
   <source>version of {0} before {1}</source>
   <translation>{0} 在 {1} 之前的版本</translation>
  </message>
  <message>
   <source>version {0} is in use; put another to use first.</source>
   <translation>版本 {0} 正在使用；请先启用另一个版本。</translation>
  </message>
  <message>
   <source>waiting text</source>
   <translation>等待标注的文本</translation>
  </message>
  <message>
   <source>watched folder</source>
   <translation>监视的文件夹</translation>
  </message>
  <message>
   <source>what was chosen before</source>
   <translation>以前选择过的物品</translation>
  </message>
  <message>
   <source>what was shown needs a person or a list</source>
   <translation>展示的记录需要有人或列表</translation>
  </message>
  <message>
   <source>without them too few would be left, so the check looks better than it is.</source>
   <translation>去掉它们就所剩无几，因此检验结果会偏好。</translation>
  </message>
  <message>
   <source>workspace</source>
   <translation>工作区</translation>
  </message>
  <message>
   <source>you have no permission to look into its folder.</source>
   <translation>您没有查看其所在文件夹的权限。</translation>
  </message>
  <message>
   <source>you have no permission to read it.</source>
   <translation>您没有读取它的权限。</translation>
  </message>
  <message>
   <source>{0} (method {1}) learned a head alone and did not adapt the encoder, so there is no adapter to hand out. Teach it with the method lora, or export a casepack.</source>
   <translation>{0}（方法 {1}）只学了分类头，没有调整编码器，因此没有可导出的适配器。请用 lora 方法训练，或导出 casepack。</translation>
  </message>
  <message>
   <source>{0} Its tone stayed as it was.</source>
   <translation>{0} 语气保持原样。</translation>
  </message>
  <message>
   <source>{0} answered {1}, not {2}</source>
   <translation>{0} 返回了 {1}，而不是 {2}</translation>
  </message>
  <message>
   <source>{0} answers are longer than {1} tokens.</source>
   <translation>{0} 个回答超过 {1} 个词元。</translation>
  </message>
  <message>
   <source>{0} answers longer than {1} tokens were left out.</source>
   <translation>略去了 {0} 个超过 {1} 个词元的回答。</translation>
  </message>
  <message>
   <source>{0} answers with no text</source>
   <translation>{0} 的回答没有文字</translation>
  </message>
  <message>
   <source>{0} are not read; documents are {1}.{2}</source>
   <translation>不读取{0}；可读的文档有 {1}。{2}</translation>
  </message>
  <message>
   <source>{0} attachments were not read: {1}.</source>
   <translation>有 {0} 个附件未读取：{1}。</translation>
  </message>
  <message>
   <source>{0} begins at {1} and ends at {2}, which cannot be.</source>
   <translation>{0} 从 {1} 开始，到 {2} 结束，这不可能。</translation>
  </message>
  <message>
   <source>{0} cannot be written: {1}.</source>
   <translation>无法写入 {0}：{1}。</translation>
  </message>
  <message>
   <source>{0} claims an impossible shape.</source>
   <translation>{0} 声称的形状不可能存在。</translation>
  </message>
  <message>
   <source>{0} compares with nothing</source>
   <translation>{0} 没有可比较的值</translation>
  </message>
  <message>
   <source>{0} compares with “{1}”, which is neither a number nor a day</source>
   <translation>{0} 与“{1}”比较，但那既不是数字也不是日期</translation>
  </message>
  <message>
   <source>{0} damaged and left out.</source>
   <translation>{0} 已损坏，未收入。</translation>
  </message>
  <message>
   <source>{0} ends at byte {1} of the weights, which have {2}.</source>
   <translation>{0} 在权重的第 {1} 字节结束，而权重只有 {2} 字节。</translation>
  </message>
  <message>
   <source>{0} events are about items that are not in the item list.</source>
   <translation>{0} 条行为涉及不在物品清单中的物品。</translation>
  </message>
  <message>
   <source>{0} events have a time that cannot be right; they were kept without it.</source>
   <translation>{0} 条行为的时间不可能正确；已保留，但不含时间。</translation>
  </message>
  <message>
   <source>{0} events have no time.</source>
   <translation>{0} 条行为没有时间。</translation>
  </message>
  <message>
   <source>{0} exists already. Name a new or an empty folder.</source>
   <translation>{0} 已存在。请指定新的或空的文件夹。</translation>
  </message>
  <message>
   <source>{0} finds more than {1} with {2} certainty on these {3} questions.</source>
   <translation>在这 {3} 个问题上，{0} 有 {2} 的把握比 {1} 找到更多。</translation>
  </message>
  <message>
   <source>{0} from the hand-off queue</source>
   <translation>{0}，来自转交队列</translation>
  </message>
  <message>
   <source>{0} goes from {1} to {2}, not {3}.</source>
   <translation>{0} 的范围是 {1} 到 {2}，不能是 {3}。</translation>
  </message>
  <message>
   <source>{0} has learned from every event in it that it can use.</source>
   <translation>其中可用的行为，{0} 都已学习过。</translation>
  </message>
  <message>
   <source>{0} has no text that is not labelled already.</source>
   <translation>{0} 中没有尚未标注的文本。</translation>
  </message>
  <message>
   <source>{0} holds no usable question.{1}</source>
   <translation>{0} 中没有可用的问题。{1}</translation>
  </message>
  <message>
   <source>{0} is a file; a workspace is a folder.</source>
   <translation>{0} 是文件；工作区应是文件夹。</translation>
  </message>
  <message>
   <source>{0} is a file; only folders can be watched. Add it to the collection instead.</source>
   <translation>{0} 是文件；只能监视文件夹。请改为把它加入资料库。</translation>
  </message>
  <message>
   <source>{0} is not a regular file.</source>
   <translation>{0} 不是普通文件。</translation>
  </message>
  <message>
   <source>{0} is {1} and must be from 0 to 1</source>
   <translation>{0} 为 {1}，必须在 0 到 1 之间</translation>
  </message>
  <message>
   <source>{0} is {1} numbers of {2}, and has {3} bytes.</source>
   <translation>{0} 是 {1} 个 {2} 类型的数，却有 {3} 字节。</translation>
  </message>
  <message>
   <source>{0} items have neither title nor text; nothing but behaviour can place them.</source>
   <translation>{0} 件物品既无标题也无文字；只能靠行为来判断。</translation>
  </message>
  <message>
   <source>{0} items have the title of an earlier item.</source>
   <translation>{0} 件物品与前面的物品同名。</translation>
  </message>
  <message>
   <source>{0} items occur more than once; the last row of each was used.</source>
   <translation>{0} 件物品出现不止一次；每件采用了最后一行。</translation>
  </message>
  <message>
   <source>{0} knows {1} labels that it lacks (“{2}), and the texts they were taught from are gone, so they would be forgotten. Add some texts of these labels, or teach without keeping what is known.</source>
   <translation>{0} 认识 {1} 个它没有的标签（“{2}），而教这些标签的文本已不在，它们会被遗忘。请为这些标签加一些文本，或不保留已知内容地训练。</translation>
  </message>
  <message>
   <source>{0} labels are written in more than one way: they differ only in case or spaces.</source>
   <translation>{0} 个标签有多种写法，只在大小写或空格上不同。</translation>
  </message>
  <message>
   <source>{0} labels have fewer than {1} examples.</source>
   <translation>{0} 个标签的样例少于 {1} 个。</translation>
  </message>
  <message>
   <source>{0} labels of {1} are not taught; their entities count as missed.</source>
   <translation>{1} 中有 {0} 个标签未被训练；其实体计为漏检。</translation>
  </message>
  <message>
   <source>{0} labels of {1} are not taught; their texts count as wrong.</source>
   <translation>{1} 中有 {0} 个标签未曾教过；它们的文本计为错误。</translation>
  </message>
  <message>
   <source>{0} lies on another tensor.</source>
   <translation>{0} 与另一个张量重叠。</translation>
  </message>
  <message>
   <source>{0} lines have no person or no item.</source>
   <translation>{0} 行没有人或没有物品。</translation>
  </message>
  <message>
   <source>{0} mentions carry different labels in different places.</source>
   <translation>{0} 处相同的词语在不同位置标了不同的标签。</translation>
  </message>
  <message>
   <source>{0} messages; the most is {1}.</source>
   <translation>有 {0} 条消息；最多 {1} 条。</translation>
  </message>
  <message>
   <source>{0} min</source>
   <translation>{0} 分钟</translation>
  </message>
  <message>
   <source>{0} must be a day like 2026-03-01, a month or a year; it is {1}.</source>
   <translation>{0} 必须是 2026-03-01 这样的日期、某月或某年；现在是 {1}。</translation>
  </message>
  <message>
   <source>{0} names the slot “{1}”, which there is not</source>
   <translation>{0} 用到了不存在的信息项“{1}”</translation>
  </message>
  <message>
   <source>{0} of the shown items were clicked since {1}, {2} before</source>
   <translation>自 {1} 以来展示的物品有 {0} 被点击，此前为 {2}</translation>
  </message>
  <message>
   <source>{0} of {1} parts were translated; the others stay as they were. {2}</source>
   <translation>{1} 个部分中译出了 {0} 个；其余保持原样。{2}</translation>
  </message>
  <message>
   <source>{0} of {1} people have a single event.</source>
   <translation>{1} 个人中有 {0} 个只有一条行为。</translation>
  </message>
  <message>
   <source>{0} of {1} people who chose {2} chose this too.</source>
   <translation>选择{2}的 {1} 人中有 {0} 人也选择了它。</translation>
  </message>
  <message>
   <source>{0} of {1} texts have no entity; they teach what is none, if nothing was forgotten in them.</source>
   <translation>{1} 条文本中有 {0} 条没有标记；如果没有漏标，它们能教会什么不该标。</translation>
  </message>
  <message>
   <source>{0} of {1} texts looked at carry a label that is probably wrong, judged by what the other texts teach.</source>
   <translation>根据其他文本判断，查看的 {1} 条文本中有 {0} 条的标签可能有误。</translation>
  </message>
  <message>
   <source>{0} of {1} unlabelled texts were learned with guessed labels, of which at least {2} are right by the held-out texts.</source>
   <translation>{1} 条无标签文本中有 {0} 条以猜测的标签学习；据留出文本，其中至少 {2} 是对的。</translation>
  </message>
  <message>
   <source>{0} on the {1}</source>
   <translation>{0}（在{1}上）</translation>
  </message>
  <message>
   <source>{0} others</source>
   <translation>另外 {0} 条</translation>
  </message>
  <message>
   <source>{0} people and {1} items: nothing can be learned from so few.</source>
   <translation>{0} 个人和 {1} 件物品：太少了，学不到什么。</translation>
  </message>
  <message>
   <source>{0} places hold words that are marked elsewhere and are not marked here.</source>
   <translation>{0} 处的词语在别处有标记，在这里却没有。</translation>
  </message>
  <message>
   <source>{0} questions are too few to choose by; at least {1} are needed.</source>
   <translation>{0} 个问题太少，不足以作出选择；至少需要 {1} 个。</translation>
  </message>
  <message>
   <source>{0} questions have no answer.</source>
   <translation>{0} 个问题没有答案。</translation>
  </message>
  <message>
   <source>{0} questions stand there before with another answer.</source>
   <translation>{0} 个问题在前面已有另一个答案。</translation>
  </message>
  <message>
   <source>{0} rows have no label.</source>
   <translation>{0} 行没有标签。</translation>
  </message>
  <message>
   <source>{0} rows have no text.</source>
   <translation>{0} 行没有文本。</translation>
  </message>
  <message>
   <source>{0} rows have spans that cannot be read.</source>
   <translation>{0} 行的标记无法读取。</translation>
  </message>
  <message>
   <source>{0} rows hold personal data: {1}.</source>
   <translation>{0} 行含有个人信息：{1}。</translation>
  </message>
  <message>
   <source>{0} rows repeat an earlier question with the same answer.</source>
   <translation>{0} 行重复了前面的问题和答案。</translation>
  </message>
  <message>
   <source>{0} rows repeat an earlier text with other marks.</source>
   <translation>{0} 行重复了前面的文本，但标记不同。</translation>
  </message>
  <message>
   <source>{0} rows repeat an earlier text.</source>
   <translation>{0} 行重复了前面的文本。</translation>
  </message>
  <message>
   <source>{0} rows repeat the number of an earlier item.</source>
   <translation>{0} 行重复了前面物品的编号。</translation>
  </message>
  <message>
   <source>{0} rows were left out: {1}.</source>
   <translation>略去了 {0} 行：{1}。</translation>
  </message>
  <message>
   <source>{0} rows, which are not in ascending order,</source>
   <translation>{0} 中未按升序排列的行</translation>
  </message>
  <message>
   <source>{0} s</source>
   <translation>{0} 秒</translation>
  </message>
  <message>
   <source>{0} spans begin or end with spaces; they are taught without them.</source>
   <translation>{0} 处标记以空格开头或结尾；教学时去掉空格。</translation>
  </message>
  <message>
   <source>{0} spans do not lie in their text.</source>
   <translation>{0} 处标记不在其文本之内。</translation>
  </message>
  <message>
   <source>{0} spans mark nothing but spaces; they are left out.</source>
   <translation>{0} 处标记只标了空格，已略去。</translation>
  </message>
  <message>
   <source>{0} spans overlap a longer one; the longer one is taught.</source>
   <translation>{0} 处标记与更长的标记重叠；教的是更长的那个。</translation>
  </message>
  <message>
   <source>{0} texts are longer than the 256 word pieces that are read at once; they are read in windows.</source>
   <translation>{0} 条文本超过一次可读的 256 个词片；会分段读取。</translation>
  </message>
  <message>
   <source>{0} texts are nearly the same as an earlier one and carry another label.</source>
   <translation>{0} 条文本与前面的几乎相同，但标签不同。</translation>
  </message>
  <message>
   <source>{0} texts are nearly the same as an earlier one.</source>
   <translation>{0} 条文本与前面的几乎相同。</translation>
  </message>
  <message>
   <source>{0} texts carry different labels in different rows.</source>
   <translation>{0} 条文本在不同的行中带有不同的标签。</translation>
  </message>
  <message>
   <source>{0} texts have more than {1} characters; only their first 1,200 words count.</source>
   <translation>{0} 条文本超过 {1} 个字符；只有前 1,200 个词有效。</translation>
  </message>
  <message>
   <source>{0} texts of {1} are also taught; they are left out of the check.</source>
   <translation>{1} 中有 {0} 条文本也用于教学，检验时已略去。</translation>
  </message>
  <message>
   <source>{0} texts of {1} are nearly the same as a taught text; {2}</source>
   <translation>{1} 中有 {0} 条文本与教过的几乎相同；{2}</translation>
  </message>
  <message>
   <source>{0} texts that the version in use was taught were learned along.</source>
   <translation>一并学习了使用中的版本学过的 {0} 条文本。</translation>
  </message>
  <message>
   <source>{0} texts were taught and {1} said when to stop; the report is about {2}.</source>
   <translation>教了 {0} 条文本，{1} 条用来决定何时停止；报告针对{2}。</translation>
  </message>
  <message>
   <source>{0} version {1} for llama.cpp and PEFT</source>
   <translation>{0} 第 {1} 版，用于 llama.cpp 和 PEFT</translation>
  </message>
  <message>
   <source>{0} was taught {1} tokens of context</source>
   <translation>{0} 训练时的上下文为 {1} 个词元</translation>
  </message>
  <message>
   <source>{0} without text (pictures).</source>
   <translation>{0} 没有文本（是图片）。</translation>
  </message>
  <message>
   <source>{0} {1} different conversations with an answer, and at least {2} are needed.</source>
   <translation>{0} {1} 段有回答的不同对话，而至少需要 {2} 段。</translation>
  </message>
  <message>
   <source>{0}, and {1} are asked for.</source>
   <translation>{0}，而要求的是 {1} 个。</translation>
  </message>
  <message>
   <source>{0}: labelled {1}, looks like {2} ({3})</source>
   <translation>{0}：标为 {1}，看起来像 {2}（{3}）</translation>
  </message>
  <message>
   <source>{0}: marked {1} ×, not marked {2} ×</source>
   <translation>{0}：标记 {1} 次，未标记 {2} 次</translation>
  </message>
  <message>
   <source>{0}No answer is left to learn or to hold out; conversations that begin with the same words stay together.</source>
   <translation>{0}没有剩下可学习或可留出的回答；开头相同的对话会放在一起。</translation>
  </message>
  <message>
   <source>{0}Too few conversations are left to learn from; at least {1} are needed.</source>
   <translation>{0}剩下可学习的对话太少；至少需要 {1} 段。</translation>
  </message>
  <message>
   <source>{count} cancellations or negative amounts take nothing back.</source>
   <translation>{count} 条取消或负数金额没有对应的购买。</translation>
  </message>
  <message>
   <source>{count} lines are cancellations.</source>
   <translation>{count} 行是取消记录。</translation>
  </message>
  <message>
   <source>{count} lines have an amount of 0.</source>
   <translation>{count} 行的数量为 0。</translation>
  </message>
  <message>
   <source>{count} lines stand there before in the same words.</source>
   <translation>{count} 行与前面的行内容完全相同。</translation>
  </message>
  <message>
   <source>{count} orders were cancelled, says their status.</source>
   <translation>{count} 个订单按其状态已取消。</translation>
  </message>
  <message>
   <source>{count} purchases were cancelled later.</source>
   <translation>{count} 次购买后来被取消。</translation>
  </message>
  <message>
   <source>“expect {0}” is not known; known: {1}</source>
   <translation>不认识“expect {0}”；可用的有：{1}</translation>
  </message>
  <message>
   <source>“{0}:” stands above the tests, or between test: and its first customer:</source>
   <translation>“{0}:”应写在所有测试之前，或写在 test: 与其第一个 customer: 之间</translation>
  </message>
  <message>
   <source>“{0}” cannot be the name of a file in a pack.</source>
   <translation>“{0}”不能作为模型包中的文件名。</translation>
  </message>
  <message>
   <source>“{0}” has a template and is out of scope</source>
   <translation>“{0}”有模板，却又被列为不归它管</translation>
  </message>
  <message>
   <source>“{0}” has no colon; lines begin with test:, customer:, expect …:, profile: or #</source>
   <translation>“{0}”没有冒号；各行以 test:、customer:、expect …:、profile: 或 # 开头</translation>
  </message>
  <message>
   <source>“{0}” in time is no date or time</source>
   <translation>time 中的“{0}”不是日期或时间</translation>
  </message>
  <message>
   <source>“{0}” in {1} is not a number</source>
   <translation>{1} 中的“{0}”不是数字</translation>
  </message>
  <message>
   <source>“{0}” is no day; write it as year, month and day, like 2027-01-31.</source>
   <translation>“{0}”不是日期；请写成年、月、日，例如 2027-01-31。</translation>
  </message>
  <message>
   <source>“{0}” is no kind of personal data; known: {1}</source>
   <translation>“{0}”不是个人数据的类型；可用的有：{1}</translation>
  </message>
  <message>
   <source>“{0}” is no reason; there are {1}.</source>
   <translation>“{0}”不是原因；可用的有 {1}。</translation>
  </message>
  <message>
   <source>“{0}” is not known; lines begin with test:, customer:, expect …:, profile: or #</source>
   <translation>不认识“{0}”；各行以 test:、customer:、expect …:、profile: 或 # 开头</translation>
  </message>
  <message>
   <source>“{0}” stands where the number of an item belongs</source>
   <translation>应写物品编号的地方写着“{0}”</translation>
  </message>
  <message>
   <source>“{0}” stands where the {1} belongs</source>
   <translation>应写 {1} 的地方写着“{0}”</translation>
  </message>
 </context>
 <context>
  <name>search</name>
  <message>
   <source>Automatic</source>
   <translation>自动</translation>
  </message>
  <message>
   <source>Meaning</source>
   <translation>含义</translation>
  </message>
  <message>
   <source>Words</source>
   <translation>字词</translation>
  </message>
  <message>
   <source>Words and meaning</source>
   <translation>字词与含义</translation>
  </message>
  <message>
   <source>Words and meaning, best ones reread</source>
   <translation>字词与含义，优选者再读</translation>
  </message>
 </context>
 <context>
  <name>stages</name>
  <message>
   <source>Reading documents</source>
   <translation>读取文档</translation>
  </message>
  <message>
   <source>answer</source>
   <translation>回答</translation>
  </message>
  <message>
   <source>audit</source>
   <translation>检查审计日志</translation>
  </message>
  <message>
   <source>backup</source>
   <translation>备份</translation>
  </message>
  <message>
   <source>baselines</source>
   <translation>基线</translation>
  </message>
  <message>
   <source>check</source>
   <translation>检查样例</translation>
  </message>
  <message>
   <source>check the generator</source>
   <translation>检查生成模型</translation>
  </message>
  <message>
   <source>choose</source>
   <translation>选择文本</translation>
  </message>
  <message>
   <source>compare</source>
   <translation>比较</translation>
  </message>
  <message>
   <source>compare the tokens</source>
   <translation>比较词元</translation>
  </message>
  <message>
   <source>convert the weights</source>
   <translation>转换权重</translation>
  </message>
  <message>
   <source>copy and hash the file</source>
   <translation>复制文件并计算哈希</translation>
  </message>
  <message>
   <source>cut into tokens</source>
   <translation>切分为词元</translation>
  </message>
  <message>
   <source>embed</source>
   <translation>计算向量</translation>
  </message>
  <message>
   <source>export</source>
   <translation>导出</translation>
  </message>
  <message>
   <source>forget</source>
   <translation>遗忘</translation>
  </message>
  <message>
   <source>guess labels</source>
   <translation>猜测标签</translation>
  </message>
  <message>
   <source>hash the file</source>
   <translation>计算文件的哈希值</translation>
  </message>
  <message>
   <source>learn</source>
   <translation>学习</translation>
  </message>
  <message>
   <source>load the generator</source>
   <translation>加载生成模型</translation>
  </message>
  <message>
   <source>look</source>
   <translation>查看</translation>
  </message>
  <message>
   <source>look at the folder</source>
   <translation>查看文件夹</translation>
  </message>
  <message>
   <source>map</source>
   <translation>排布地图</translation>
  </message>
  <message>
   <source>measure</source>
   <translation>测量</translation>
  </message>
  <message>
   <source>measure answers from passages</source>
   <translation>根据段落测量回答</translation>
  </message>
  <message>
   <source>merge</source>
   <translation>合并</translation>
  </message>
  <message>
   <source>open the base</source>
   <translation>打开基础模型</translation>
  </message>
  <message>
   <source>pages</source>
   <translation>检查各页</translation>
  </message>
  <message>
   <source>prepare</source>
   <translation>准备</translation>
  </message>
  <message>
   <source>probe</source>
   <translation>试算</translation>
  </message>
  <message>
   <source>rank</source>
   <translation>排序</translation>
  </message>
  <message>
   <source>read</source>
   <translation>读取</translation>
  </message>
  <message>
   <source>read the prompt</source>
   <translation>读取提示</translation>
  </message>
  <message>
   <source>samples</source>
   <translation>示例</translation>
  </message>
  <message>
   <source>search</source>
   <translation>搜索设置</translation>
  </message>
  <message>
   <source>search trial</source>
   <translation>试验设置</translation>
  </message>
  <message>
   <source>store</source>
   <translation>保存</translation>
  </message>
  <message>
   <source>summarise</source>
   <translation>概括</translation>
  </message>
  <message>
   <source>teach</source>
   <translation>训练</translation>
  </message>
  <message>
   <source>test</source>
   <translation>测试</translation>
  </message>
  <message>
   <source>texts</source>
   <translation>处理文本</translation>
  </message>
  <message>
   <source>train</source>
   <translation>训练</translation>
  </message>
  <message>
   <source>translate</source>
   <translation>翻译</translation>
  </message>
  <message>
   <source>tune</source>
   <translation>调整</translation>
  </message>
  <message>
   <source>write</source>
   <translation>书写</translation>
  </message>
 </context>
 <context>
  <name>states</name>
  <message>
   <source>Cancelled</source>
   <translation>已取消</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>完成</translation>
  </message>
  <message>
   <source>Done in part</source>
   <translation>部分完成</translation>
  </message>
  <message>
   <source>Failed</source>
   <translation>失败</translation>
  </message>
  <message>
   <source>Interrupted</source>
   <translation>已中断</translation>
  </message>
  <message>
   <source>Paused</source>
   <translation>已暂停</translation>
  </message>
  <message>
   <source>Running</source>
   <translation>正在运行</translation>
  </message>
  <message>
   <source>Waiting</source>
   <translation>等待中</translation>
  </message>
 </context>
 <context>
  <name>steps</name>
  <message>
   <source>Answering</source>
   <translation>正在回答</translation>
  </message>
  <message>
   <source>Asking it questions</source>
   <translation>正在向它提问</translation>
  </message>
  <message>
   <source>Checking every page</source>
   <translation>正在检查每一页</translation>
  </message>
  <message>
   <source>Checking the audit log</source>
   <translation>正在检查审计日志</translation>
  </message>
  <message>
   <source>Checking the examples</source>
   <translation>正在检查样例</translation>
  </message>
  <message>
   <source>Checking the file</source>
   <translation>正在检查文件</translation>
  </message>
  <message>
   <source>Choosing texts</source>
   <translation>正在选择文本</translation>
  </message>
  <message>
   <source>Comparing the vocabulary</source>
   <translation>正在比较词表</translation>
  </message>
  <message>
   <source>Comparing with the version in use</source>
   <translation>正在与使用中的版本比较</translation>
  </message>
  <message>
   <source>Converting the model</source>
   <translation>正在转换模型</translation>
  </message>
  <message>
   <source>Copying the file</source>
   <translation>复制文件</translation>
  </message>
  <message>
   <source>Filling the workspace</source>
   <translation>正在填充工作区</translation>
  </message>
  <message>
   <source>Forgetting</source>
   <translation>正在遗忘</translation>
  </message>
  <message>
   <source>Getting ready</source>
   <translation>正在准备</translation>
  </message>
  <message>
   <source>Guessing labels</source>
   <translation>正在猜测标签</translation>
  </message>
  <message>
   <source>Labelling the rows</source>
   <translation>正在加标签</translation>
  </message>
  <message>
   <source>Laying out the map</source>
   <translation>正在排布地图</translation>
  </message>
  <message>
   <source>Learning</source>
   <translation>正在学习</translation>
  </message>
  <message>
   <source>Learning the held-out texts too</source>
   <translation>正在学习留出的文本</translation>
  </message>
  <message>
   <source>Looking at the file</source>
   <translation>正在查看文件</translation>
  </message>
  <message>
   <source>Looking at the folder</source>
   <translation>正在查看文件夹</translation>
  </message>
  <message>
   <source>Measuring on hidden events</source>
   <translation>正在用藏起的行为测量</translation>
  </message>
  <message>
   <source>Measuring simple methods</source>
   <translation>正在测量简单方法</translation>
  </message>
  <message>
   <source>Measuring what it knew before</source>
   <translation>正在测量它原来会什么</translation>
  </message>
  <message>
   <source>Measuring what it learned</source>
   <translation>正在测量它学到了什么</translation>
  </message>
  <message>
   <source>Opening the generator</source>
   <translation>打开生成模型</translation>
  </message>
  <message>
   <source>Playing the conversations</source>
   <translation>正在演练对话</translation>
  </message>
  <message>
   <source>Ranking</source>
   <translation>正在排序</translation>
  </message>
  <message>
   <source>Reading the answers</source>
   <translation>正在读取回答</translation>
  </message>
  <message>
   <source>Reading the events</source>
   <translation>正在读取行为</translation>
  </message>
  <message>
   <source>Reading the passages</source>
   <translation>阅读段落</translation>
  </message>
  <message>
   <source>Reading the rows</source>
   <translation>正在读取各行</translation>
  </message>
  <message>
   <source>Storing</source>
   <translation>正在保存</translation>
  </message>
  <message>
   <source>Summarising</source>
   <translation>概括</translation>
  </message>
  <message>
   <source>Teaching</source>
   <translation>正在教学</translation>
  </message>
  <message>
   <source>Translating</source>
   <translation>正在翻译</translation>
  </message>
  <message>
   <source>Trying out the ways to teach</source>
   <translation>正在试算各种教法</translation>
  </message>
  <message>
   <source>Trying settings</source>
   <translation>正在尝试设置</translation>
  </message>
  <message>
   <source>Trying the generator</source>
   <translation>试运行生成模型</translation>
  </message>
  <message>
   <source>Understanding the texts</source>
   <translation>正在理解文本</translation>
  </message>
  <message>
   <source>Writing</source>
   <translation>书写</translation>
  </message>
  <message>
   <source>Writing the backup</source>
   <translation>正在写备份</translation>
  </message>
  <message>
   <source>Writing the file</source>
   <translation>正在写入文件</translation>
  </message>
  <message>
   <source>Writing the files</source>
   <translation>正在写入文件</translation>
  </message>
 </context>
 <context>
  <name>tasks</name>
  <message>
   <source>Encoder</source>
   <translation>编码器</translation>
  </message>
  <message>
   <source>Finding names and terms</source>
   <translation>查找名称和术语</translation>
  </message>
  <message>
   <source>Putting passages in order</source>
   <translation>为段落排序</translation>
  </message>
  <message>
   <source>Reading</source>
   <translation>阅读</translation>
  </message>
  <message>
   <source>Recommending</source>
   <translation>推荐</translation>
  </message>
  <message>
   <source>What a generator learned</source>
   <translation>生成模型学到的内容</translation>
  </message>
  <message>
   <source>Writing answers</source>
   <translation>书写回答</translation>
  </message>
 </context>
 <context>
  <name>verdict</name>
  <message>
   <source>Version {version} of {name} is kept but not put to use: on %n text(s) that neither had learned it was {new} right, the version in use {old}.</source>
   <translation>{name} 的第 {version} 版已保留但未启用：在双方都没学过的 %n 条文本上，它答对 {new}，正在使用的版本答对 {old}。</translation>
  </message>
  <message>
   <source>Version {version} of {name} was no better than the one in use, which stays in use. Both are kept.</source>
   <translation>{name} 的第 {version} 版不比正在使用的版本好，仍使用原来的版本。两个版本都会保留。</translation>
  </message>
  <message>
   <source>{name} is ready: version {version} is in use now, taught in {time}.</source>
   <translation>{name} 已就绪：现在使用第 {version} 版，教学用时 {time}。</translation>
  </message>
  <message>
   <source>{name} is ready: version {version} is in use now, taught in {time}. It was compared with the version before on %n text(s) that neither had learned: {new} right, {old} before.</source>
   <translation>{name} 已就绪：现在使用第 {version} 版，教学用时 {time}。与上一版本在双方都没学过的 %n 条文本上比较：现在答对 {new}，以前答对 {old}。</translation>
  </message>
 </context>
 <context>
  <name>why</name>
  <message>
   <source>Among the {first} most chosen in “{category}”.</source>
   <translation>在“{category}”中属于被选择最多的 {first} 件。</translation>
  </message>
  <message>
   <source>By lot, to learn from: {reason}</source>
   <translation>随机展示，用于学习：{reason}</translation>
  </message>
  <message>
   <source>Chosen by {count} of {people} people.</source>
   <translation>{people} 人中有 {count} 人选择过。</translation>
  </message>
  <message>
   <source>It suits what was chosen before.</source>
   <translation>它适合以前选择过的内容。</translation>
  </message>
  <message>
   <source>Its description is close to your words.</source>
   <translation>它的说明与您的文字相近。</translation>
  </message>
  <message>
   <source>Its description is close to {items}.</source>
   <translation>它的说明与{items}相近。</translation>
  </message>
  <message>
   <source>Its title has “{words}”.</source>
   <translation>它的标题含有“{words}”。</translation>
  </message>
  <message>
   <source>Nobody has chosen it yet.</source>
   <translation>还没有人选择过。</translation>
  </message>
  <message>
   <source>People who chose {items} often chose this too.</source>
   <translation>选择{items}的人也常选择它。</translation>
  </message>
  <message>
   <source>Placed here by a rule.</source>
   <translation>由规则放在这里。</translation>
  </message>
  <message>
   <source>{count} of {people} people who chose {items} chose this too.</source>
   <translation>选择{items}的 {people} 人中有 {count} 人也选择了它。</translation>
  </message>
  <message>
   <source>{first} and {second}</source>
   <translation>{first}和{second}</translation>
  </message>
  <message>
   <source>“{item}”</source>
   <translation>“{item}”</translation>
  </message>
 </context>
 <context>
  <name>wish</name>
  <message>
   <source>About: {words}.</source>
   <translation>关于：{words}。</translation>
  </message>
  <message>
   <source>At least {price}.</source>
   <translation>至少 {price}。</translation>
  </message>
  <message>
   <source>At most {price}.</source>
   <translation>最多 {price}。</translation>
  </message>
  <message>
   <source>Cheaper than {named} ({price}).</source>
   <translation>比{named}便宜（{price}）。</translation>
  </message>
  <message>
   <source>Dearer than {named} ({price}).</source>
   <translation>比{named}贵（{price}）。</translation>
  </message>
  <message>
   <source>In stock.</source>
   <translation>有货。</translation>
  </message>
  <message>
   <source>Like “{title}”.</source>
   <translation>像“{title}”。</translation>
  </message>
  <message>
   <source>No price is known to compare with, so that “cheaper” or “dearer” did not count.</source>
   <translation>没有可比较的价格，因此没有考虑“更便宜”或“更贵”。</translation>
  </message>
  <message>
   <source>Only in: {names}.</source>
   <translation>只在：{names}。</translation>
  </message>
  <message>
   <source>Without: {names}.</source>
   <translation>不含：{names}。</translation>
  </message>
  <message>
   <source>what was chosen before</source>
   <translation>以前选择过的物品</translation>
  </message>
 </context>
</TS>
