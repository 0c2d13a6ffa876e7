<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="zh_CN">
<context>
    <name>AnswersEntry</name>
    <message>
        <source>开卡资料</source>
        <translation>Sign-up form</translation>
    </message>
    <message>
        <source>其他问题</source>
        <translation>Other question</translation>
    </message>
    <message>
        <source>现在：{now}</source>
        <translation>Current: {now}</translation>
    </message>
    <message>
        <source>不改；多个答案用分号隔开</source>
        <translation>No change; separate several answers with semicolons</translation>
    </message>
    <message>
        <source>不改</source>
        <translation>No change</translation>
    </message>
</context>
<context>
    <name>AssetPanel</name>
    <message>
        <source>没有符合的</source>
        <translation>No matches</translation>
    </message>
</context>
<context>
    <name>BenefitLines</name>
    <message>
        <source>权益卡</source>
        <translation>Benefit cards</translation>
    </message>
    <message>
        <source>另 {count} 张</source>
        <translation>{count} more</translation>
    </message>
</context>
<context>
    <name>ChangeForm</name>
    <message>
        <source>不改</source>
        <translation>No change</translation>
    </message>
    <message>
        <source>不改，或填 2026-01-31 18:00</source>
        <translation>No change, or 2026-01-31 18:00</translation>
    </message>
    <message>
        <source>现在：{now}</source>
        <translation>Current: {now}</translation>
    </message>
</context>
<context>
    <name>CheckPage</name>
    <message>
        <source>检查连接</source>
        <translation>Check connection</translation>
    </message>
    <message>
        <source>正在检查…</source>
        <translation>Checking…</translation>
    </message>
    <message>
        <source>详细情况</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>▾ 详细情况</source>
        <translation>▾ Details</translation>
    </message>
    <message>
        <source>▸ 详细情况</source>
        <translation>▸ Details</translation>
    </message>
    <message>
        <source>检查时程序出错了。</source>
        <translation>The check failed. </translation>
    </message>
    <message>
        <source>再检查一次</source>
        <translation>Check again</translation>
    </message>
</context>
<context>
    <name>Checks</name>
    <message>
        <source>找到会员系统</source>
        <translation>Platform found</translation>
    </message>
    <message>
        <source>安全连接</source>
        <translation>Secure connection</translation>
    </message>
    <message>
        <source>电脑时间</source>
        <translation>Clock</translation>
    </message>
    <message>
        <source>密钥</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>门店</source>
        <translation>Store</translation>
    </message>
    <message>
        <source>查会员的权限</source>
        <translation>May look up members</translation>
    </message>
    <message>
        <source>识别会员的权限</source>
        <translation>May identify members</translation>
    </message>
    <message>
        <source>查礼品卡的权限</source>
        <translation>May look up gift cards</translation>
    </message>
    <message>
        <source>没有检查：先解决上面的问题</source>
        <translation>Not checked: solve the one above first</translation>
    </message>
    <message>
        <source>正常</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>没有填门店编码；只有一家店可以不填</source>
        <translation>No store code; fine where there is one store only</translation>
    </message>
    <message>
        <source>会员系统没有给出时间，没能核对</source>
        <translation>The platform told no time to check by</translation>
    </message>
    <message>
        <source>电脑慢了 {minutes} 分钟，查询不受影响，有空请校准</source>
        <translation>This computer is {minutes} min slow; lookups work, please set it</translation>
    </message>
    <message>
        <source>电脑快了 {minutes} 分钟，查询不受影响，有空请校准</source>
        <translation>This computer is {minutes} min fast; lookups work, please set it</translation>
    </message>
    <message>
        <source>会员系统不认这个门店编码，请核对</source>
        <translation>The platform does not know this store code, check it</translation>
    </message>
    <message>
        <source>会员系统不认这组密钥，请核对 OpenId、授权码和密钥</source>
        <translation>The platform refused these keys: check Open ID, grant code and open key</translation>
    </message>
    <message>
        <source>没有这项权限，请在开放平台给应用开通</source>
        <translation>Not allowed: enable it for the application on the open platform</translation>
    </message>
</context>
<context>
    <name>CloseToTray</name>
    <message>
        <source>这个桌面没有托盘，关窗口就是退出</source>
        <translation>This desktop has no tray. Closing the window quits</translation>
    </message>
    <message>
        <source>还在运行，点这个图标打开；要退出请用它的菜单</source>
        <translation>Still running. Click this icon to open; quit from its menu</translation>
    </message>
    <message>
        <source>托盘图标不见了，窗口先打开；再关就会退出</source>
        <translation>The tray icon has gone, so the window is open. Closing it now quits</translation>
    </message>
</context>
<context>
    <name>CodeSheet</name>
    <message>
        <source>复制 Ctrl+C</source>
        <translation>Copy Ctrl+C</translation>
    </message>
    <message>
        <source>已复制</source>
        <translation>Copied</translation>
    </message>
    <message>
        <source>{label}的二维码</source>
        <translation>{label}, QR code</translation>
    </message>
    <message>
        <source>{label}的条形码</source>
        <translation>{label}, barcode</translation>
    </message>
    <message>
        <source>复制{label}</source>
        <translation>Copy {label}</translation>
    </message>
    <message>
        <source>把{label}输进收银系统</source>
        <translation>Enter {label} in the till</translation>
    </message>
    <message>
        <source>第 {number} 张，共 {count} 张</source>
        <translation>{number} of {count}</translation>
    </message>
    <message>
        <source>用前请在收银系统确认</source>
        <translation>Confirm in POS before use</translation>
    </message>
    <message>
        <source>码太长，屏幕上画不下：请复制，或照着输入。按任意键关闭</source>
        <translation>Code too long to draw: copy it or key it in. Any key closes</translation>
    </message>
    <message>
        <source>用收银系统的扫码枪扫二维码（这个码没有条形码）。按任意键关闭</source>
        <translation>Scan the QR code with the POS scanner (no barcode for this code). Any key closes</translation>
    </message>
    <message>
        <source>用收银系统的扫码枪扫任意一个码。按任意键关闭</source>
        <translation>Scan either code with the POS scanner. Any key closes</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>Codes</name>
    <message>
        <source>这是刚才放大的核销码：先点收银系统的窗口，再扫</source>
        <translation>That is the code just shown: click the POS window, then scan</translation>
    </message>
    <message>
        <source>核销码</source>
        <translation>Redemption code</translation>
    </message>
    <message>
        <source>这一张没有{what}</source>
        <translation>No {what} on this one</translation>
    </message>
</context>
<context>
    <name>Controller</name>
    <message>
        <source>刷新查到的可能是另一位会员，请重新扫码</source>
        <translation>Refresh may have found another member. Scan again</translation>
    </message>
    <message>
        <source>刷新没有成功，显示的是之前查到的内容。</source>
        <translation>Refresh failed, showing earlier results. </translation>
    </message>
    <message>
        <source>程序出错了，请重新扫码；再出现请把问题编号告诉技术支持</source>
        <translation>Something went wrong. Scan again. If it keeps happening, give support the Ref.</translation>
    </message>
</context>
<context>
    <name>Copying</name>
    <message>
        <source>已复制</source>
        <translation>Copied</translation>
    </message>
</context>
<context>
    <name>CouponsPanel</name>
    <message>
        <source>优惠券</source>
        <translation>Coupons</translation>
    </message>
    <message>
        <source>这位会员没有优惠券</source>
        <translation>This member has no coupons</translation>
    </message>
</context>
<context>
    <name>CustomerScreen</name>
    <message>
        <source>会员</source>
        <translation>Member</translation>
    </message>
    <message>
        <source>扫码入会</source>
        <translation>Scan to join</translation>
    </message>
    <message>
        <source>还不是会员？请用手机扫一扫</source>
        <translation>Not a member yet? Scan with your phone</translation>
    </message>
    <message>
        <source>积分</source>
        <translation>Points</translation>
    </message>
    <message>
        <source>储值</source>
        <translation>Balance</translation>
    </message>
    <message>
        <source>优惠券核对中…</source>
        <translation>Checking your coupons…</translation>
    </message>
    <message>
        <source>还有 {count} 张可用</source>
        <translation>{count} more to use</translation>
    </message>
    <message>
        <source>顾客屏没有显示：没有「{screen}」这块屏幕，或本窗口就在上面</source>
        <translation>Customer&apos;s screen not shown: no screen &quot;{screen}&quot;, or this window is on it</translation>
    </message>
    <message>
        <source>这是入会二维码，请顾客用手机扫；没有查询</source>
        <translation>This is the join code, for the customer&apos;s phone. Not looked up</translation>
    </message>
    <message>
        <source>入会二维码的图片读不了，请检查设置里的「入会二维码」</source>
        <translation>The join QR picture cannot be read: check Join QR code in the settings</translation>
    </message>
    <message>
        <source>顾客屏</source>
        <translation>Customer&apos;s screen</translation>
    </message>
    <message>
        <source>欢迎光临</source>
        <translation>Welcome</translation>
    </message>
    <message>
        <source>正在查询，请稍候</source>
        <translation>One moment, please</translation>
    </message>
    <message>
        <source>请咨询店员</source>
        <translation>Please ask our staff</translation>
    </message>
</context>
<context>
    <name>DetailsPage</name>
    <message>
        <source>使用条件：{conditions}</source>
        <translation>Conditions: {conditions}</translation>
    </message>
    <message>
        <source>注意：{notices}</source>
        <translation>Note: {notices}</translation>
    </message>
    <message>
        <source>为什么不能用</source>
        <translation>Why not valid</translation>
    </message>
    <message>
        <source>技术信息</source>
        <translation>Technical info</translation>
    </message>
</context>
<context>
    <name>DetailsSheet</name>
    <message>
        <source>为什么</source>
        <translation>Why</translation>
    </message>
    <message>
        <source>出码</source>
        <translation>Show code</translation>
    </message>
    <message>
        <source>收起详情</source>
        <translation>Close details</translation>
    </message>
    <message>
        <source>收起（← 或 Esc）</source>
        <translation>Close (← or Esc)</translation>
    </message>
    <message>
        <source>{title}详情</source>
        <translation>Details: {title}</translation>
    </message>
    <message>
        <source>放大{label}</source>
        <translation>Show {label} large</translation>
    </message>
    <message>
        <source>把{label}输进收银系统</source>
        <translation>Enter {label} in the till</translation>
    </message>
</context>
<context>
    <name>DiscountQuestion</name>
    <message>
        <source>已优惠 {amount}，还是打 {fold} 折？</source>
        <translation>{amount} already off, or {fold}/10 of the price?</translation>
    </message>
    <message>
        <source>是 {amount}</source>
        <translation>{amount} off</translation>
    </message>
    <message>
        <source>打 {fold} 折，优惠 {meant}</source>
        <translation>Discount: {meant} off</translation>
    </message>
</context>
<context>
    <name>EmptyPage</name>
    <message>
        <source>请扫会员码</source>
        <translation>Scan a member code</translation>
    </message>
    <message>
        <source>扫码</source>
        <translation>Scan</translation>
    </message>
    <message>
        <source>扫顾客手机上的会员码</source>
        <translation>Scan the code on the customer&apos;s phone</translation>
    </message>
    <message>
        <source>手机号</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>输入手机号，按回车</source>
        <translation>Type the phone number and press Enter</translation>
    </message>
    <message>
        <source>卡号</source>
        <translation>Card no.</translation>
    </message>
    <message>
        <source>输入会员卡号，按回车</source>
        <translation>Type the card number and press Enter</translation>
    </message>
</context>
<context>
    <name>FailedPage</name>
    <message>
        <source>这一页打不开，其他页照常能用，请把问题编号告诉技术支持。</source>
        <translation>This page could not be opened; the others work. Tell support this number: </translation>
    </message>
    <message>
        <source>没有查询：正在设置，设置完再扫会员码</source>
        <translation>Not looked up: finish the settings, then scan</translation>
    </message>
</context>
<context>
    <name>FailurePage</name>
    <message>
        <source>重试 F5</source>
        <translation>Retry F5</translation>
    </message>
    <message>
        <source>技术支持 Shift+F1</source>
        <translation>Support Shift+F1</translation>
    </message>
</context>
<context>
    <name>FormPage</name>
    <message>
        <source>▸ 高级</source>
        <translation>▸ Advanced</translation>
    </message>
    <message>
        <source>高级</source>
        <translation>Advanced</translation>
    </message>
    <message>
        <source>▾ 高级</source>
        <translation>▾ Advanced</translation>
    </message>
    <message>
        <source>和 OpenId 一样，像是贴错了</source>
        <translation>Same as the Open ID: pasted twice?</translation>
    </message>
    <message>
        <source>要写 https 开头的网址；内网中转用 http 的要勾选「允许明文 http」</source>
        <translation>An https address; for an in-house relay over http, tick “Allow plain http”</translation>
    </message>
</context>
<context>
    <name>GiftCardsPanel</name>
    <message>
        <source>礼品卡</source>
        <translation>Gift cards</translation>
    </message>
    <message>
        <source>这位会员没有礼品卡</source>
        <translation>This member has no gift cards</translation>
    </message>
</context>
<context>
    <name>HandOver</name>
    <message>
        <source>没有输入：先输完密码，或按 Esc 取消</source>
        <translation>Not entered: finish the password first, or press Esc to cancel</translation>
    </message>
    <message>
        <source>扫码框里的还没查：先按回车查询，再按 Ctrl+Enter</source>
        <translation>Look up what is in the scan field first (Enter), then press Ctrl+Enter</translation>
    </message>
    <message>
        <source>先选一张券或卡，再按 Ctrl+Enter</source>
        <translation>Select a coupon or card, then press Ctrl+Enter</translation>
    </message>
    <message>
        <source>还在核对，核对完再按 Ctrl+Enter</source>
        <translation>Still checking; press Ctrl+Enter once that is done</translation>
    </message>
    <message>
        <source>没有输入，不能用：{why}</source>
        <translation>Not entered, cannot be used: {why}</translation>
    </message>
    <message>
        <source>培训模式不会输进收银系统，请扫码或复制</source>
        <translation>Training mode enters nothing into the till; scan or copy it</translation>
    </message>
    <message>
        <source>由总部管理：这里不能把码输进收银系统，请扫码或复制</source>
        <translation>Managed by head office: codes are not entered into the till here; scan or copy it</translation>
    </message>
    <message>
        <source>还没有设置收银程序和它的窗口标题，请扫码或复制</source>
        <translation>The till&apos;s program and window title are not set up; scan or copy it</translation>
    </message>
    <message>
        <source>输入</source>
        <translation>Enter it</translation>
    </message>
    <message>
        <source>不输入</source>
        <translation>Do not</translation>
    </message>
    <message>
        <source>已输进收银系统；它换了窗口，请看一眼</source>
        <translation>Entered into the till, which then showed another window; take a look</translation>
    </message>
    <message>
        <source>已输进收银系统</source>
        <translation>Entered into the till</translation>
    </message>
    <message>
        <source>没有输入：{why}</source>
        <translation>Not entered: {why}</translation>
    </message>
    <message>
        <source>码输完了，后面的键没有按：{why}</source>
        <translation>The code is in, the keys after it are not: {why}</translation>
    </message>
    <message>
        <source>没输完：{why}，已输 {typed}/{of} 位</source>
        <translation>Not finished: {why}; {typed} of {of} characters are in</translation>
    </message>
    <message>
        <source>需确认：{why}。仍要输入，再按一次</source>
        <translation>To be checked: {why}. To enter it all the same, press once more</translation>
    </message>
    <message>
        <source>这个桌面（Wayland）不让别的程序输入，请扫码或复制</source>
        <translation>this desktop (Wayland) lets no program type into another; scan or copy it</translation>
    </message>
    <message>
        <source>这台电脑不能往别的程序里输入，请扫码或复制</source>
        <translation>this PC cannot type into other programs; scan or copy it</translation>
    </message>
    <message>
        <source>码里有键盘打不出的字，请扫码或复制</source>
        <translation>the code holds what no key types; scan or copy it</translation>
    </message>
    <message>
        <source>没找到收银系统的窗口，打开它再按 Ctrl+Enter</source>
        <translation>the till&apos;s window was not found; open it and press Ctrl+Enter again</translation>
    </message>
    <message>
        <source>收银系统开着提示窗口，关掉它再按 Ctrl+Enter</source>
        <translation>the till has a dialog open; close it and press Ctrl+Enter again</translation>
    </message>
    <message>
        <source>收银系统以管理员身份运行，请扫码或复制</source>
        <translation>the till runs as administrator; scan or copy it</translation>
    </message>
    <message>
        <source>有键一直按着</source>
        <translation>a key is being held down</translation>
    </message>
    <message>
        <source>收银系统的窗口没有到前面来</source>
        <translation>the till&apos;s window did not come to the front</translation>
    </message>
    <message>
        <source>前面换成了别的窗口</source>
        <translation>another window came to the front</translation>
    </message>
    <message>
        <source>收银系统没有反应</source>
        <translation>the POS does not respond</translation>
    </message>
    <message>
        <source>这位会员已不在屏幕上</source>
        <translation>this member is no longer on the screen</translation>
    </message>
    <message>
        <source>系统没有接受按键</source>
        <translation>the system did not take the keys</translation>
    </message>
</context>
<context>
    <name>HandOverButton</name>
    <message>
        <source>输进收银</source>
        <translation>Enter in till</translation>
    </message>
</context>
<context>
    <name>HandOverPage</name>
    <message>
        <source>按下面的键，3 秒内切到收银系统的窗口，程序和标题就会填好。</source>
        <translation>Press the button below and switch to the till&apos;s window within 3 seconds: program and title are then filled in.</translation>
    </message>
    <message>
        <source>找收银窗口</source>
        <translation>Find the till&apos;s window</translation>
    </message>
    <message>
        <source>没找到别的程序的窗口，请再试一次，或照着填。</source>
        <translation>No window of another program was found; try again, or type it in.</translation>
    </message>
    <message>
        <source>填好了。标题里会变的部分（如单号、时间）请改成 *，再保存。</source>
        <translation>Filled in. Put * for what changes in the title, such as a number or the time, then save.</translation>
    </message>
    <message>
        <source>请在 3 秒内切到收银系统的窗口…</source>
        <translation>Switch to the till&apos;s window within 3 seconds…</translation>
    </message>
</context>
<context>
    <name>HelpSheet</name>
    <message>
        <source>按键帮助</source>
        <translation>Keyboard shortcuts</translation>
    </message>
    <message>
        <source>按键</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>紧凑窗口</source>
        <translation>Compact window</translation>
    </message>
    <message>
        <source>技术支持 Shift+F1</source>
        <translation>Support Shift+F1</translation>
    </message>
    <message>
        <source>到扫码框</source>
        <translation>Go to the scan field</translation>
    </message>
    <message>
        <source>订单类型往左 / 往右</source>
        <translation>Previous / next order type</translation>
    </message>
    <message>
        <source>刷新这位会员</source>
        <translation>Refresh this member</translation>
    </message>
    <message>
        <source>到优惠券，用上下键选择</source>
        <translation>Go to coupons; ↑ ↓ to select</translation>
    </message>
    <message>
        <source>到礼品卡，用上下键选择</source>
        <translation>Go to gift cards; ↑ ↓ to select</translation>
    </message>
    <message>
        <source>到订单金额；再按到已优惠、件数</source>
        <translation>Go to amount; again for discount, items</translation>
    </message>
    <message>
        <source>用账号密码识别会员；再按一次换成实体卡</source>
        <translation>Identify by password; again for a physical card</translation>
    </message>
    <message>
        <source>设置：密钥、门店、扫码枪，检查连接</source>
        <translation>Settings: keys, store, scanner; check connection</translation>
    </message>
    <message>
        <source>技术支持：看这台电脑的情况，存成一个文件</source>
        <translation>Support: see how this computer is set up, save it as one file</translation>
    </message>
    <message>
        <source>按几个字筛选券和卡</source>
        <translation>Filter coupons and cards</translation>
    </message>
    <message>
        <source>换成紧凑窗口，放在收银系统旁边；再按换回来</source>
        <translation>Compact window beside the POS; again for the full one</translation>
    </message>
    <message>
        <source>紧凑窗口：换到屏幕的另一边，或下一块屏幕</source>
        <translation>Compact window: to the other edge, or the next screen</translation>
    </message>
    <message>
        <source>复制选中的核销码；没有选中时复制推荐的</source>
        <translation>Copy the selected code, or the suggested one if none is selected</translation>
    </message>
    <message>
        <source>在扫码框里：查询；查到后：放大核销码，给收银系统扫</source>
        <translation>In the scan field: look up; once found: show the code for the POS scanner</translation>
    </message>
    <message>
        <source>把核销码输进收银系统的窗口（设置过才有）</source>
        <translation>Enter the code into the till&apos;s window (where it is set up)</translation>
    </message>
    <message>
        <source>在券和卡上：为什么能用、不能用</source>
        <translation>On a coupon or card: why it can or can&apos;t be used</translation>
    </message>
    <message>
        <source>→ / 空格</source>
        <translation>→ / Space</translation>
    </message>
    <message>
        <source>菜单键 / Shift+F10</source>
        <translation>Menu key / Shift+F10</translation>
    </message>
    <message>
        <source>在券和卡上：列出能做的</source>
        <translation>On a coupon or card: lists what can be done</translation>
    </message>
    <message>
        <source>→ / ←</source>
        <translation>→ / ←</translation>
    </message>
    <message>
        <source>在写着 ×2 的一行上：逐张展开 / 收起</source>
        <translation>On a row marked ×2: expand / collapse</translation>
    </message>
    <message>
        <source>翻看打开的说明</source>
        <translation>Scroll the open panel</translation>
    </message>
    <message>
        <source>一次退一步；最后清屏，准备下一位</source>
        <translation>Back one step; finally clears for the next customer</translation>
    </message>
    <message>
        <source>检测扫码枪，按结果设置</source>
        <translation>Check and set up the scanner</translation>
    </message>
    <message>
        <source>查询这位会员的微信会员卡（设置过才有）</source>
        <translation>Look up this member&apos;s WeChat card (if set up)</translation>
    </message>
    <message>
        <source>回车</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>空格</source>
        <translation>Space</translation>
    </message>
    <message>
        <source>在「按住显示」上按住：显示姓名和手机号</source>
        <translation>Hold the &quot;Hold to show&quot; button: full name and phone</translation>
    </message>
    <message>
        <source>不操作</source>
        <translation>Left alone</translation>
    </message>
    <message>
        <source>到时间自动清屏，最下面一行有倒计时；锁屏时马上清</source>
        <translation>Clears by itself, counted down at the bottom; at once when the PC is locked</translation>
    </message>
    <message>
        <source>打开或收起本帮助</source>
        <translation>Open or close this help</translation>
    </message>
</context>
<context>
    <name>HotkeyPart</name>
    <message>
        <source>在别的程序里：叫出本窗口；再按一次回去</source>
        <translation>In other programs: brings this window up; once more to go back</translation>
    </message>
    <message>
        <source>{key} 被别的程序占用，叫不出本窗口，请在设置里换一个</source>
        <translation>Another program uses {key}. Choose another key in the settings</translation>
    </message>
    <message>
        <source>这个键盘没有 {key}，请在设置里换一个叫出窗口的键</source>
        <translation>This keyboard has no {key}. Choose another key in the settings</translation>
    </message>
    <message>
        <source>系统不让用 {key} 叫出窗口，请在系统设置里允许或换一个</source>
        <translation>The system does not allow {key}. Allow it in its settings, or choose another key</translation>
    </message>
    <message>
        <source>这个桌面不让程序设快捷键；请在系统的键盘设置里加一个，命令填 posmember</source>
        <translation>This desktop lets no program set hotkeys. Add one in its keyboard settings that runs posmember</translation>
    </message>
    <message>
        <source>叫出会员查询窗口</source>
        <translation>Bring the member window up</translation>
    </message>
</context>
<context>
    <name>HttpPart</name>
    <message>
        <source>系统密钥库没有给出令牌，本机 HTTP 没有打开</source>
        <translation>The keyring gave no token: local HTTP is off</translation>
    </message>
    <message>
        <source>本机 HTTP 没有打开：请先运行 posmember set-http-token</source>
        <translation>Local HTTP is off: run posmember set-http-token first</translation>
    </message>
    <message>
        <source>本机 HTTP 没有打开：端口 {port} 被别的程序占用</source>
        <translation>Local HTTP is off: another program has port {port}</translation>
    </message>
</context>
<context>
    <name>JoinCode</name>
    <message>
        <source>入会二维码</source>
        <translation>Join QR code</translation>
    </message>
</context>
<context>
    <name>KeyRow</name>
    <message>
        <source>密钥 OpenKey</source>
        <translation>Open key</translation>
    </message>
    <message>
        <source>已保存，不显示；要换就输入新的</source>
        <translation>Saved, not shown; type a new one to replace it</translation>
    </message>
    <message>
        <source>粘贴，或扫二维码</source>
        <translation>Paste, or scan its QR code</translation>
    </message>
    <message>
        <source>密钥只有字母、数字和符号，中间没有空格，请重新复制</source>
        <translation>A key has letters, digits and signs only, no spaces: copy it again</translation>
    </message>
    <message>
        <source>和上面填的一样，像是贴错了</source>
        <translation>Same as above: pasted twice?</translation>
    </message>
    <message>
        <source>这一项必填</source>
        <translation>Required</translation>
    </message>
    <message>
        <source>收到 {count} 个字符，不显示内容</source>
        <translation>{count} characters received, not shown</translation>
    </message>
    <message>
        <source>只保存在这台电脑的系统密钥库里</source>
        <translation>Kept only in this computer&apos;s keyring</translation>
    </message>
</context>
<context>
    <name>LabelLines</name>
    <message>
        <source>标签</source>
        <translation>Tags</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>会员查询</source>
        <translation>Member lookup</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>约省 {saving}</source>
        <translation>Saves ~{saving}</translation>
    </message>
    <message>
        <source>核销码</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>卡号</source>
        <translation>Card no.</translation>
    </message>
    <message>
        <source>到期 {date}</source>
        <translation>Expires {date}</translation>
    </message>
    <message>
        <source>{verdict}  权益卡 {name}，{what}</source>
        <translation>{verdict}  Benefit card {name}: {what}</translation>
    </message>
    <message>
        <source>切换为{order_type} →</source>
        <translation>Switch to {order_type} →</translation>
    </message>
    <message>
        <source>填金额 F8</source>
        <translation>Add amount F8</translation>
    </message>
    <message>
        <source>填件数 F8</source>
        <translation>Add items F8</translation>
    </message>
    <message>
        <source>正在核对，马上就好</source>
        <translation>Checking, one moment</translation>
    </message>
    <message>
        <source>这一单现在可以用</source>
        <translation>Can be used on this order</translation>
    </message>
    <message>
        <source>{first}，另有 {count} 个原因</source>
        <translation>{first}, plus {count} more</translation>
    </message>
    <message>
        <source>先确认：{what}</source>
        <translation>Check first: {what}</translation>
    </message>
    <message>
        <source>这单用不了，改单、等待都不行</source>
        <translation>Can&apos;t be used on this order, even if you change it or wait</translation>
    </message>
    <message>
        <source>使用说明</source>
        <translation>Terms</translation>
    </message>
    <message>
        <source>优惠说明</source>
        <translation>Offer details</translation>
    </message>
    <message>
        <source>券标签</source>
        <translation>Coupon tag</translation>
    </message>
    <message>
        <source>券模板编码</source>
        <translation>Template ID</translation>
    </message>
    <message>
        <source>券说明</source>
        <translation>Description</translation>
    </message>
    <message>
        <source>有效期说明</source>
        <translation>Validity</translation>
    </message>
    <message>
        <source>面值</source>
        <translation>face value</translation>
    </message>
    <message>
        <source>今天已用</source>
        <translation>Used today</translation>
    </message>
    <message>
        <source>三方卡号</source>
        <translation>Third-party card no.</translation>
    </message>
    <message>
        <source>会员系统状态</source>
        <translation>Member system status</translation>
    </message>
    <message>
        <source>{label}：{text}</source>
        <translation>{label}: {text}</translation>
    </message>
    <message>
        <source>只有「{source}」查询给出这一张</source>
        <translation>Only found in {source}</translation>
    </message>
    <message>
        <source>没有找到会员：手机号少 1 位，请核对</source>
        <translation>No member found: phone number is 1 digit short</translation>
    </message>
    <message>
        <source>没有找到会员：手机号多 1 位，请核对</source>
        <translation>No member found: phone number has 1 digit too many</translation>
    </message>
    <message>
        <source>这是商品条码，请扫会员码</source>
        <translation>That&apos;s a product barcode. Scan the member code</translation>
    </message>
    <message>
        <source>没有找到会员：这像是商品条码，请扫会员码</source>
        <translation>No member found: looks like a product barcode. Scan the member code</translation>
    </message>
    <message>
        <source>这个手机号还不是会员，请顾客扫码入会</source>
        <translation>This number is no member yet: let the customer scan to join</translation>
    </message>
    <message>
        <source>还不是会员的话，请顾客扫码入会</source>
        <translation>No member yet? Let the customer scan to join</translation>
    </message>
    <message>
        <source>请扫会员码，或输入手机号、卡号后按回车</source>
        <translation>Scan a member code, or type a phone or card number and press Enter</translation>
    </message>
    <message>
        <source>内容不完整，请重新扫码</source>
        <translation>Incomplete scan. Scan again</translation>
    </message>
    <message>
        <source>内容太长，不是会员码，请重新扫码</source>
        <translation>Too long for a member code. Scan again</translation>
    </message>
    <message>
        <source>这是网址二维码，请让顾客打开会员码</source>
        <translation>That&apos;s a web link. Ask the customer for their member code</translation>
    </message>
    <message>
        <source>这不是会员码，请重新扫码</source>
        <translation>Not a member code. Scan again</translation>
    </message>
    <message>
        <source>这是付款码，请让顾客打开会员码</source>
        <translation>That&apos;s a payment code. Ask the customer for their member code</translation>
    </message>
    <message>
        <source>培训模式里没有这位会员，请扫培训码</source>
        <translation>Not a training member. Scan a training code</translation>
    </message>
    <message>
        <source>这是银行卡，没有查询也没有保存，请让顾客出示会员码</source>
        <translation>That&apos;s a bank card. Nothing was looked up or saved. Ask for the member code</translation>
    </message>
    <message>
        <source>只收到 {received} 位（{masked}），{kind}应为 {expected} 位</source>
        <translation>{kind} has {expected} characters, only {received} read ({masked})</translation>
    </message>
    <message>
        <source>收到了 {received} 位（{masked}），{kind}应为 {expected} 位</source>
        <translation>{kind} has {expected} characters, {received} read ({masked})</translation>
    </message>
    <message>
        <source>{label}无法识别，请只填数字</source>
        <translation>{label}: enter numbers only</translation>
    </message>
    <message>
        <source>{label}里的逗号看不出是不是小数点，小数请用点</source>
        <translation>{label}: use a point, not a comma, for decimals</translation>
    </message>
    <message>
        <source>{label}最多两位小数</source>
        <translation>{label}: up to 2 decimals</translation>
    </message>
    <message>
        <source>{label}太大，请检查</source>
        <translation>{label} is too large. Please check</translation>
    </message>
    <message>
        <source>正在等待系统密钥库解锁，请在要密码的窗口里输入，之后会自动继续</source>
        <translation>Waiting for the system keyring. Enter its password in the prompt; this continues by itself</translation>
    </message>
    <message>
        <source>系统密钥库没有解锁，读不到会员系统密钥；按 F5 会再问一次密码</source>
        <translation>The system keyring stayed locked, so the member system key can&apos;t be read. F5 asks for its password again.</translation>
    </message>
    <message>
        <source>还没有会员系统密钥，请按 Ctrl+, 设置，或联系管理员</source>
        <translation>No open key yet: press Ctrl+, or contact IT</translation>
    </message>
    <message>
        <source>读不到会员系统密钥，解锁系统密钥库后请按 F5；还没有设置的请联系管理员</source>
        <translation>Can&apos;t read the member system key. Unlock the system keyring and press F5; if no key is set up, contact your administrator</translation>
    </message>
    <message>
        <source>这台电脑还没有设置，请按 Ctrl+, 设置，或联系管理员</source>
        <translation>This till is not set up yet: press Ctrl+, or contact IT</translation>
    </message>
    <message>
        <source>程序配置有误，请联系管理员：{what}</source>
        <translation>Configuration error. Contact your administrator: {what}</translation>
    </message>
    <message>
        <source>会员系统太久没有回应，请按 F5 重试</source>
        <translation>Member system timed out. Press F5 to retry</translation>
    </message>
    <message>
        <source>连不上会员系统，请检查网络后按 F5 重试</source>
        <translation>Can&apos;t reach the member system. Check the network, then press F5</translation>
    </message>
    <message>
        <source>会员系统不认本机的密钥或时间，请联系管理员</source>
        <translation>Member system rejected this PC&apos;s key or clock. Contact your administrator</translation>
    </message>
    <message>
        <source>会员系统没有受理这次查询，请按 F5 重试</source>
        <translation>Member system declined the lookup. Press F5 to retry</translation>
    </message>
    <message>
        <source>会员系统的回答无法识别，请按 F5 重试，仍不行请联系管理员</source>
        <translation>Member system sent an unreadable reply. Press F5; if that doesn&apos;t help, contact your administrator</translation>
    </message>
    <message>
        <source>会员系统或中间的网关暂时出错，请稍后按 F5 重试</source>
        <translation>Member system or gateway error. Press F5 in a moment</translation>
    </message>
    <message>
        <source>会员系统暂时出错，请稍后按 F5 重试</source>
        <translation>Member system error. Press F5 in a moment</translation>
    </message>
    <message>
        <source>会员系统拒绝了本机的访问，请联系管理员</source>
        <translation>Member system denied this PC access. Contact your administrator</translation>
    </message>
    <message>
        <source>会员系统地址不对，请联系管理员</source>
        <translation>Wrong member system address. Contact your administrator</translation>
    </message>
    <message>
        <source>会员系统没有受理这次查询，请联系管理员</source>
        <translation>Member system declined the lookup. Contact your administrator</translation>
    </message>
    <message>
        <source>会员系统正忙，请稍等片刻再按 F5</source>
        <translation>Member system is busy. Press F5 in a moment</translation>
    </message>
    <message>
        <source>会员系统正忙，请 {seconds} 秒后再按 F5</source>
        <translation>Member system is busy. Press F5 in {seconds} s</translation>
    </message>
    <message>
        <source>（代码 {code}：{words}）</source>
        <translation> (code {code}: {words})</translation>
    </message>
    <message>
        <source>（代码 {code}）</source>
        <translation> (code {code})</translation>
    </message>
    <message>
        <source>（{words}）</source>
        <translation> ({words})</translation>
    </message>
    <message>
        <source>查询没有成功，请重试</source>
        <translation>Lookup failed. Try again</translation>
    </message>
    <message>
        <source>会员系统</source>
        <translation>the member system</translation>
    </message>
    <message>
        <source>没有找到这位会员，请核对号码或让顾客刷新会员码</source>
        <translation>No member found. Check the number, or ask the customer to refresh the code</translation>
    </message>
    <message>
        <source>会员系统给的可能是另一位会员，没有显示，请重新扫码</source>
        <translation>Result may be another member, so it isn&apos;t shown. Scan again</translation>
    </message>
    <message>
        <source>查询没有成功，请按 F5 重试</source>
        <translation>Lookup failed. Press F5 to retry</translation>
    </message>
    <message>
        <source>访问被拦下了，可能是公司网关，请联系管理员</source>
        <translation>Access blocked, maybe by a company gateway. Contact your administrator</translation>
    </message>
    <message>
        <source>问题编号 {code}</source>
        <translation>Ref. {code}</translation>
    </message>
    <message>
        <source>账号状态</source>
        <translation>account status</translation>
    </message>
    <message>
        <source>金额</source>
        <translation>amount</translation>
    </message>
    <message>
        <source>余额</source>
        <translation>balance</translation>
    </message>
    <message>
        <source>赠送余额</source>
        <translation>bonus balance</translation>
    </message>
    <message>
        <source>绑定状态</source>
        <translation>card linked</translation>
    </message>
    <message>
        <source>购买数量</source>
        <translation>quantity to buy</translation>
    </message>
    <message>
        <source>券类型</source>
        <translation>coupon type</translation>
    </message>
    <message>
        <source>优惠券编号</source>
        <translation>coupon ID</translation>
    </message>
    <message>
        <source>每日限用次数</source>
        <translation>daily limit</translation>
    </message>
    <message>
        <source>折扣</source>
        <translation>discount</translation>
    </message>
    <message>
        <source>优惠形式</source>
        <translation>discount type</translation>
    </message>
    <message>
        <source>对不上的数据</source>
        <translation>mismatched data</translation>
    </message>
    <message>
        <source>已优惠</source>
        <translation>already off</translation>
    </message>
    <message>
        <source>优惠券标题</source>
        <translation>coupon title</translation>
    </message>
    <message>
        <source>优惠金额</source>
        <translation>discount amount</translation>
    </message>
    <message>
        <source>到期时间</source>
        <translation>expiry</translation>
    </message>
    <message>
        <source>是否不可同享</source>
        <translation>exclusive</translation>
    </message>
    <message>
        <source>有效天数</source>
        <translation>days valid</translation>
    </message>
    <message>
        <source>有效期类型</source>
        <translation>validity type</translation>
    </message>
    <message>
        <source>免单件数</source>
        <translation>free items</translation>
    </message>
    <message>
        <source>适用商品</source>
        <translation>eligible items</translation>
    </message>
    <message>
        <source>是否限时段</source>
        <translation>limited hours</translation>
    </message>
    <message>
        <source>件数</source>
        <translation>items</translation>
    </message>
    <message>
        <source>类型</source>
        <translation>type</translation>
    </message>
    <message>
        <source>累计赠送</source>
        <translation>lifetime bonus</translation>
    </message>
    <message>
        <source>累计充值</source>
        <translation>lifetime top-up</translation>
    </message>
    <message>
        <source>每人限领</source>
        <translation>limit per member</translation>
    </message>
    <message>
        <source>锁定状态</source>
        <translation>lock</translation>
    </message>
    <message>
        <source>最多抵扣比例</source>
        <translation>max. share paid by points</translation>
    </message>
    <message>
        <source>件数门槛</source>
        <translation>min. items</translation>
    </message>
    <message>
        <source>金额门槛</source>
        <translation>min. spend</translation>
    </message>
    <message>
        <source>手机号</source>
        <translation>Phone number</translation>
    </message>
    <message>
        <source>名称</source>
        <translation>name</translation>
    </message>
    <message>
        <source>卡的来源</source>
        <translation>card source</translation>
    </message>
    <message>
        <source>所属平台</source>
        <translation>platform</translation>
    </message>
    <message>
        <source>积分</source>
        <translation>points</translation>
    </message>
    <message>
        <source>售价</source>
        <translation>price</translation>
    </message>
    <message>
        <source>充值余额</source>
        <translation>top-up balance</translation>
    </message>
    <message>
        <source>积分比例</source>
        <translation>points rate</translation>
    </message>
    <message>
        <source>适用场景</source>
        <translation>order types</translation>
    </message>
    <message>
        <source>开始时间</source>
        <translation>start</translation>
    </message>
    <message>
        <source>状态</source>
        <translation>status</translation>
    </message>
    <message>
        <source>适用门店</source>
        <translation>stores</translation>
    </message>
    <message>
        <source>门店范围</source>
        <translation>store scope</translation>
    </message>
    <message>
        <source>券模板</source>
        <translation>template</translation>
    </message>
    <message>
        <source>券模板状态</source>
        <translation>template status</translation>
    </message>
    <message>
        <source>可用时段</source>
        <translation>hours</translation>
    </message>
    <message>
        <source>次卡适用类型</source>
        <translation>pass scope</translation>
    </message>
    <message>
        <source>合计</source>
        <translation>total</translation>
    </message>
    <message>
        <source>同一种券已用张数</source>
        <translation>same coupons used</translation>
    </message>
    <message>
        <source>今天已用次数</source>
        <translation>used today</translation>
    </message>
    <message>
        <source>会员号</source>
        <translation>member ID</translation>
    </message>
    <message>
        <source>剩余次数</source>
        <translation>uses left</translation>
    </message>
    <message>
        <source>有效期</source>
        <translation>validity</translation>
    </message>
    <message>
        <source>可用星期</source>
        <translation>weekdays</translation>
    </message>
    <message>
        <source>{names}等 {count} 项</source>
        <translation>{names} and more ({count})</translation>
    </message>
    <message>
        <source>可用</source>
        <translation>Valid</translation>
    </message>
    <message>
        <source>需确认</source>
        <translation>Check</translation>
    </message>
    <message>
        <source>不可用</source>
        <translation>Not valid</translation>
    </message>
    <message>
        <source>核对中</source>
        <translation>Checking</translation>
    </message>
    <message>
        <source>这一张没能显示，请在收银系统核对</source>
        <translation>Can&apos;t be shown. Check in the POS</translation>
    </message>
    <message>
        <source>→ 按 F8 填订单金额</source>
        <translation>→ Enter the amount (F8)</translation>
    </message>
    <message>
        <source>→ 按 F8 填件数</source>
        <translation>→ Enter the items (F8)</translation>
    </message>
    <message>
        <source>→ 请核对所点商品</source>
        <translation>→ Check the items</translation>
    </message>
    <message>
        <source>→ 请顾客二选一</source>
        <translation>→ Ask the customer to pick one</translation>
    </message>
    <message>
        <source>→ 请看券面说明</source>
        <translation>→ See its terms</translation>
    </message>
    <message>
        <source>→ 请看适用门店</source>
        <translation>→ See its stores</translation>
    </message>
    <message>
        <source>→ 请在收银系统核对</source>
        <translation>→ Check in the POS</translation>
    </message>
    <message>
        <source>不与其他优惠同享</source>
        <translation>Can&apos;t combine</translation>
    </message>
    <message>
        <source>快到期</source>
        <translation>Expires soon</translation>
    </message>
    <message>
        <source>有使用说明</source>
        <translation>Has terms</translation>
    </message>
    <message>
        <source>需支付密码</source>
        <translation>Needs PIN</translation>
    </message>
    <message>
        <source>会员账号已冻结</source>
        <translation>Account frozen</translation>
    </message>
    <message>
        <source>已使用过</source>
        <translation>Already redeemed</translation>
    </message>
    <message>
        <source>已被锁定，可能正用于另一单</source>
        <translation>Locked, maybe by another order</translation>
    </message>
    <message>
        <source>此券已停用</source>
        <translation>Coupon disabled</translation>
    </message>
    <message>
        <source>卡还没绑定</source>
        <translation>Card not linked yet</translation>
    </message>
    <message>
        <source>卡正在转赠中</source>
        <translation>Being gifted</translation>
    </message>
    <message>
        <source>卡已转赠他人</source>
        <translation>Gifted to someone else</translation>
    </message>
    <message>
        <source>卡已被回收</source>
        <translation>Card revoked</translation>
    </message>
    <message>
        <source>卡已用完</source>
        <translation>Card used up</translation>
    </message>
    <message>
        <source>本店不可用</source>
        <translation>Not valid at this store</translation>
    </message>
    <message>
        <source>不确定本店能不能用</source>
        <translation>May not be valid at this store</translation>
    </message>
    <message>
        <source>可用时段不明确</source>
        <translation>Hours unclear</translation>
    </message>
    <message>
        <source>满 {amount}</source>
        <translation>Min. {amount}</translation>
    </message>
    <message>
        <source>仅限指定商品</source>
        <translation>Selected items only</translation>
    </message>
    <message>
        <source>本店</source>
        <translation>this store</translation>
    </message>
    <message>
        <source>{name}等 {count} 家门店可用</source>
        <translation>Valid at {name} and more ({count} stores)</translation>
    </message>
    <message>
        <source>{count} 家门店可用，不含{name}</source>
        <translation>Valid at {count} stores, not {name}</translation>
    </message>
    <message>
        <source>{name}等 {count} 家门店不可用</source>
        <translation>Not valid at {name} and more ({count} stores)</translation>
    </message>
    <message>
        <source>除 {count} 家门店外都可用</source>
        <translation>Valid at all but {count} stores</translation>
    </message>
    <message>
        <source>卡里没有余额</source>
        <translation>No balance left</translation>
    </message>
    <message>
        <source>原因不明，请在收银系统核对</source>
        <translation>Reason unknown. Check in the POS</translation>
    </message>
    <message>
        <source>状态不明（会员系统状态 {value}）</source>
        <translation>Status unclear (member system: {value})</translation>
    </message>
    <message>
        <source>分不清是同编号的哪一张，以收银系统为准</source>
        <translation>Same number on two; go by the POS</translation>
    </message>
    <message>
        <source>数据对不上，以收银系统为准</source>
        <translation>Data mismatch; go by the POS</translation>
    </message>
    <message>
        <source>数据对不上（{fields}），以收银系统为准</source>
        <translation>Data mismatch ({fields}); go by the POS</translation>
    </message>
    <message>
        <source>口碑券，请在对应系统核销</source>
        <translation>Koubei coupon. Redeem in its own system</translation>
    </message>
    <message>
        <source>非码卡，请在对应系统核销</source>
        <translation>Feima card. Redeem in its own system</translation>
    </message>
    <message>
        <source>线下券，请在对应系统核销</source>
        <translation>Offline coupon. Redeem in its own system</translation>
    </message>
    <message>
        <source>别的系统的券，请在对应系统核销</source>
        <translation>Other system&apos;s coupon. Redeem it there</translation>
    </message>
    <message>
        <source>状态不明</source>
        <translation>Status unclear</translation>
    </message>
    <message>
        <source>还没生效，{moment} 起</source>
        <translation>Not valid until {moment}</translation>
    </message>
    <message>
        <source>还没生效</source>
        <translation>Not valid yet</translation>
    </message>
    <message>
        <source>已过期（{day}）</source>
        <translation>Expired {day}</translation>
    </message>
    <message>
        <source>已过期</source>
        <translation>Expired</translation>
    </message>
    <message>
        <source>有效期不明确</source>
        <translation>Validity unclear</translation>
    </message>
    <message>
        <source>有效期不明确（{field}）</source>
        <translation>Validity unclear ({field})</translation>
    </message>
    <message>
        <source>有一项无法识别</source>
        <translation>Unreadable data</translation>
    </message>
    <message>
        <source>「{field}」无法识别</source>
        <translation>Unreadable: {field}</translation>
    </message>
    <message>
        <source>今天不可用</source>
        <translation>Not valid today</translation>
    </message>
    <message>
        <source>仅限{days}可用</source>
        <translation>{days} only</translation>
    </message>
    <message>
        <source>周一至周五</source>
        <translation>Mon–Fri</translation>
    </message>
    <message>
        <source>周末</source>
        <translation>Weekends</translation>
    </message>
    <message>
        <source>{first}至{last}</source>
        <translation>{first}–{last}</translation>
    </message>
    <message>
        <source>周一</source>
        <translation>Mon</translation>
    </message>
    <message>
        <source>周二</source>
        <translation>Tue</translation>
    </message>
    <message>
        <source>周三</source>
        <translation>Wed</translation>
    </message>
    <message>
        <source>周四</source>
        <translation>Thu</translation>
    </message>
    <message>
        <source>周五</source>
        <translation>Fri</translation>
    </message>
    <message>
        <source>周六</source>
        <translation>Sat</translation>
    </message>
    <message>
        <source>周日</source>
        <translation>Sun</translation>
    </message>
    <message>
        <source>现在不在可用时段</source>
        <translation>Outside its hours</translation>
    </message>
    <message>
        <source>仅限 {windows}</source>
        <translation>{windows} only</translation>
    </message>
    <message>
        <source>这种订单不可用</source>
        <translation>Not for this order type</translation>
    </message>
    <message>
        <source>仅限{order_types}</source>
        <translation>{order_types} only</translation>
    </message>
    <message>
        <source>{kind}，不用于订单</source>
        <translation>{kind}: not for orders</translation>
    </message>
    <message>
        <source>不用于订单</source>
        <translation>Not for orders</translation>
    </message>
    <message>
        <source>还差 {gap} 可用（满 {need}）</source>
        <translation>{gap} short (min. {need})</translation>
    </message>
    <message>
        <source>还差 {gap} 可用</source>
        <translation>{gap} short</translation>
    </message>
    <message>
        <source>未满 {need}</source>
        <translation>Under min. {need}</translation>
    </message>
    <message>
        <source>未到金额门槛</source>
        <translation>Under its minimum</translation>
    </message>
    <message>
        <source>门槛可能是 {in_yuan} 或 {in_fen}，以收银系统为准</source>
        <translation>Min. may be {in_yuan} or {in_fen}; go by the POS</translation>
    </message>
    <message>
        <source>已优惠后差 {gap}，可能要补</source>
        <translation>{gap} short after discount</translation>
    </message>
    <message>
        <source>已优惠后可能不够门槛</source>
        <translation>May be under its minimum after discount</translation>
    </message>
    <message>
        <source>要满 {need}，还没填金额</source>
        <translation>Min. {need}; no amount entered</translation>
    </message>
    <message>
        <source>与其他优惠同享不了：这张省 {saving}，单上已优惠 {discount}</source>
        <translation>Can&apos;t combine: this saves {saving}, order already has {discount} off</translation>
    </message>
    <message>
        <source>与其他优惠同享不了：单上已优惠 {discount}</source>
        <translation>Can&apos;t combine: order already has {discount} off</translation>
    </message>
    <message>
        <source>与其他优惠同享不了</source>
        <translation>Can&apos;t combine with other offers</translation>
    </message>
    <message>
        <source>今天可能已用过（每天限 {limit} 张）</source>
        <translation>May be used up today (max {limit}/day)</translation>
    </message>
    <message>
        <source>今天可能已用过（每天限张数）</source>
        <translation>May be used up today (daily limit)</translation>
    </message>
    <message>
        <source>满 {need} 可用，还没填金额</source>
        <translation>Min. {need}; no amount entered</translation>
    </message>
    <message>
        <source>有金额门槛，还没填金额</source>
        <translation>Has a min. spend; no amount entered</translation>
    </message>
    <message>
        <source>还差 {gap} 件可用（满 {need} 件）</source>
        <translation>{gap} short (min. {need} items)</translation>
    </message>
    <message>
        <source>还差 {gap} 件可用</source>
        <translation>Items: {gap} short</translation>
    </message>
    <message>
        <source>未满 {need} 件</source>
        <translation>Under min. {need} items</translation>
    </message>
    <message>
        <source>未到件数门槛</source>
        <translation>Too few items</translation>
    </message>
    <message>
        <source>要满 {need} 件，还没填件数</source>
        <translation>Min. {need} items; no items entered</translation>
    </message>
    <message>
        <source>满 {need} 件可用，还没填件数</source>
        <translation>Min. {need} items; no items entered</translation>
    </message>
    <message>
        <source>有件数门槛，还没填件数</source>
        <translation>Has min. items; no items entered</translation>
    </message>
    <message>
        <source>门槛按券面文字推断，以收银系统为准</source>
        <translation>Min. read from its text; go by the POS</translation>
    </message>
    <message>
        <source>门槛可能不准，以收银系统为准</source>
        <translation>Min. may be wrong; go by the POS</translation>
    </message>
    <message>
        <source>每天限 {limit} 次，今天已用 {used} 次</source>
        <translation>Max {limit}/day, {used} used today</translation>
    </message>
    <message>
        <source>每天限 {limit} 次</source>
        <translation>Max {limit}/day</translation>
    </message>
    <message>
        <source>今天已用 {used} 次</source>
        <translation>{used} used today</translation>
    </message>
    <message>
        <source>每天限次数</source>
        <translation>Daily limit</translation>
    </message>
    <message>
        <source>今天</source>
        <translation>today</translation>
    </message>
    <message>
        <source>明天</source>
        <translation>tomorrow</translation>
    </message>
    <message>
        <source>后天</source>
        <translation>in 2 days</translation>
    </message>
    <message>
        <source>还有 {minutes} 分钟</source>
        <translation>in {minutes} min</translation>
    </message>
    <message>
        <source>还有 {days} 天</source>
        <translation>in {days} d</translation>
    </message>
    <message>
        <source>还有 {hours} 小时 {minutes} 分</source>
        <translation>in {hours} h {minutes} min</translation>
    </message>
    <message>
        <source>还有 {hours} 小时</source>
        <translation>in {hours} h</translation>
    </message>
    <message>
        <source>{moment} 后可用（{wait}）</source>
        <translation>valid from {moment} ({wait})</translation>
    </message>
    <message>
        <source>{moment}起可用（{wait}）</source>
        <translation>valid from {moment} ({wait})</translation>
    </message>
    <message>
        <source>凌晨 {clock} 起</source>
        <translation>from {clock} tonight</translation>
    </message>
    <message>
        <source>{day}起</source>
        <translation>from {day}</translation>
    </message>
    <message>
        <source>{moment} 起</source>
        <translation>from {moment}</translation>
    </message>
    <message>
        <source>{start} 起，{end}</source>
        <translation>Starts {start} · {end}</translation>
    </message>
    <message>
        <source>有效期未提供</source>
        <translation>No expiry given</translation>
    </message>
    <message>
        <source>有效期未知</source>
        <translation>Expiry unknown</translation>
    </message>
    <message>
        <source>永久有效</source>
        <translation>No expiry</translation>
    </message>
    <message>
        <source>{day} 已到期</source>
        <translation>Expired {day}</translation>
    </message>
    <message>
        <source>今天 {clock} 到期</source>
        <translation>Expires today {clock}</translation>
    </message>
    <message>
        <source>{day}到期</source>
        <translation>Expires {day}</translation>
    </message>
    <message>
        <source>{day} 到期（{days}天）</source>
        <translation>Expires {day} ({days} d)</translation>
    </message>
    <message>
        <source>未提供</source>
        <translation>not given</translation>
    </message>
    <message>
        <source>未知</source>
        <translation>unknown</translation>
    </message>
    <message>
        <source>最多约省 {saving}</source>
        <translation>Saves up to {saving}</translation>
    </message>
    <message>
        <source>现金券/折扣券</source>
        <translation>Cash or discount coupon</translation>
    </message>
    <message>
        <source>免单券</source>
        <translation>Free-item coupon</translation>
    </message>
    <message>
        <source>兑换券</source>
        <translation>Voucher</translation>
    </message>
    <message>
        <source>买赠券</source>
        <translation>Buy-one-get-one coupon</translation>
    </message>
    <message>
        <source>商品券</source>
        <translation>Item coupon</translation>
    </message>
    <message>
        <source>免配送费券</source>
        <translation>Free-delivery coupon</translation>
    </message>
    <message>
        <source>免排队券</source>
        <translation>Skip-the-queue coupon</translation>
    </message>
    <message>
        <source>停车券</source>
        <translation>Parking coupon</translation>
    </message>
    <message>
        <source>优惠券</source>
        <translation>Coupon</translation>
    </message>
    <message>
        <source>折扣券</source>
        <translation>Discount coupon</translation>
    </message>
    <message>
        <source>现金券</source>
        <translation>Cash coupon</translation>
    </message>
    <message>
        <source>{fold}折</source>
        <comment>{off} is the percent off</comment>
        <translation>{off}% off</translation>
    </message>
    <message>
        <source>免单</source>
        <translation>Free</translation>
    </message>
    <message>
        <source>兑换</source>
        <translation>Voucher</translation>
    </message>
    <message>
        <source>买赠</source>
        <translation>BOGO</translation>
    </message>
    <message>
        <source>商品</source>
        <translation>Item</translation>
    </message>
    <message>
        <source>免运费</source>
        <translation>Free delivery</translation>
    </message>
    <message>
        <source>免排队</source>
        <translation>Skip queue</translation>
    </message>
    <message>
        <source>停车</source>
        <translation>Parking</translation>
    </message>
    <message>
        <source>券</source>
        <translation>Coupon</translation>
    </message>
    <message>
        <source>现金卡</source>
        <translation>Cash card</translation>
    </message>
    <message>
        <source>次卡</source>
        <translation>Pass</translation>
    </message>
    <message>
        <source>权益卡</source>
        <translation>Benefit card</translation>
    </message>
    <message>
        <source>储值卡</source>
        <translation>Stored-value card</translation>
    </message>
    <message>
        <source>礼品卡</source>
        <translation>Gift card</translation>
    </message>
    <message>
        <source>剩 {count} 次</source>
        <translation>{count} uses left</translation>
    </message>
    <message>
        <source>次数未知</source>
        <translation>Uses unknown</translation>
    </message>
    <message>
        <source>余额未知</source>
        <translation>Balance unknown</translation>
    </message>
    <message>
        <source>堂食</source>
        <translation>Dine-in</translation>
    </message>
    <message>
        <source>外卖</source>
        <translation>Delivery</translation>
    </message>
    <message>
        <source>买单</source>
        <translation>Pay bill</translation>
    </message>
    <message>
        <source>男</source>
        <translation>Male</translation>
    </message>
    <message>
        <source>女</source>
        <translation>Female</translation>
    </message>
    <message>
        <source>会员信息</source>
        <translation>member info</translation>
    </message>
    <message>
        <source>会员识别</source>
        <translation>member identity</translation>
    </message>
    <message>
        <source>礼品卡列表</source>
        <translation>gift-card list</translation>
    </message>
    <message>
        <source>会员码</source>
        <translation>Member code</translation>
    </message>
    <message>
        <source>会员卡号</source>
        <translation>Card number</translation>
    </message>
    <message>
        <source>支付宝用户ID</source>
        <translation>Alipay user ID</translation>
    </message>
    <message>
        <source>微信 openid</source>
        <translation>WeChat openid</translation>
    </message>
    <message>
        <source>微信 unionid</source>
        <translation>WeChat unionid</translation>
    </message>
    <message>
        <source>会员ID</source>
        <translation>Member ID</translation>
    </message>
    <message>
        <source>、</source>
        <comment>between the words of a list</comment>
        <translation>, </translation>
    </message>
    <message>
        <source>→ {what}</source>
        <translation>→ {what}</translation>
    </message>
    <message>
        <source>即可用</source>
        <comment>after several changes</comment>
        <translation>to use it</translation>
    </message>
    <message>
        <source>{change}即可用</source>
        <translation>{change} to use it</translation>
    </message>
    <message>
        <source>{change} 即可用</source>
        <translation>{change} to use it</translation>
    </message>
    <message>
        <source>{change}（限指定商品）</source>
        <translation>{change} (selected items)</translation>
    </message>
    <message>
        <source>等到{moment}（{wait}）</source>
        <translation>wait until {moment} ({wait})</translation>
    </message>
    <message>
        <source>其余仍需确认</source>
        <translation>then check the rest</translation>
    </message>
    <message>
        <source>切换为{order_type}</source>
        <translation>switch to {order_type}</translation>
    </message>
    <message>
        <source>再消费 {gap}</source>
        <translation>add {gap}</translation>
    </message>
    <message>
        <source>订单满 {amount}</source>
        <translation>order of {amount}+</translation>
    </message>
    <message>
        <source>再加 {count} 件</source>
        <translation>add {count} more</translation>
    </message>
    <message>
        <source>满 {count} 件</source>
        <translation>{count}+ items</translation>
    </message>
    <message>
        <source>，</source>
        <comment>between the changes that would help</comment>
        <translation>, </translation>
    </message>
    <message>
        <source>通过</source>
        <translation>Pass</translation>
    </message>
    <message>
        <source>不通过</source>
        <translation>Fail</translation>
    </message>
    <message>
        <source>不确定</source>
        <translation>Unknown</translation>
    </message>
    <message>
        <source>其余 {count} 项正常</source>
        <translation>{count} other checks passed</translation>
    </message>
    <message>
        <source>「{field}」：{text}</source>
        <translation>{field}: {text}</translation>
    </message>
    <message>
        <source>正常</source>
        <translation>Active</translation>
    </message>
    <message>
        <source>已冻结</source>
        <translation>Frozen</translation>
    </message>
    <message>
        <source>正在核对</source>
        <translation>Checking</translation>
    </message>
    <message>
        <source>无法识别</source>
        <translation>Unreadable</translation>
    </message>
    <message>
        <source>没能核对</source>
        <translation>Not checked</translation>
    </message>
    <message>
        <source>账号状态正在核对</source>
        <translation>Checking account status</translation>
    </message>
    <message>
        <source>没能核对账号是否冻结，用前请在收银系统确认</source>
        <translation>Account not checked: confirm in the POS first</translation>
    </message>
    <message>
        <source>没有</source>
        <translation>None</translation>
    </message>
    <message>
        <source>— 未返回</source>
        <translation>— Not returned</translation>
    </message>
    <message>
        <source>卡状态</source>
        <comment>a rule</comment>
        <translation>Card</translation>
    </message>
    <message>
        <source>账号状态</source>
        <comment>a rule</comment>
        <translation>Account</translation>
    </message>
    <message>
        <source>券状态</source>
        <comment>a rule</comment>
        <translation>Coupon</translation>
    </message>
    <message>
        <source>锁定状态</source>
        <comment>a rule</comment>
        <translation>Lock</translation>
    </message>
    <message>
        <source>券模板状态</source>
        <comment>a rule</comment>
        <translation>Template</translation>
    </message>
    <message>
        <source>数据核对</source>
        <comment>a rule</comment>
        <translation>Data check</translation>
    </message>
    <message>
        <source>核销系统</source>
        <comment>a rule</comment>
        <translation>Redeemed in</translation>
    </message>
    <message>
        <source>生效时间</source>
        <comment>a rule</comment>
        <translation>Starts</translation>
    </message>
    <message>
        <source>到期时间</source>
        <comment>a rule</comment>
        <translation>Expires</translation>
    </message>
    <message>
        <source>可用星期</source>
        <comment>a rule</comment>
        <translation>Weekdays</translation>
    </message>
    <message>
        <source>可用时段</source>
        <comment>a rule</comment>
        <translation>Hours</translation>
    </message>
    <message>
        <source>适用门店</source>
        <comment>a rule</comment>
        <translation>Stores</translation>
    </message>
    <message>
        <source>订单类型</source>
        <comment>a rule</comment>
        <translation>Order type</translation>
    </message>
    <message>
        <source>券的用途</source>
        <comment>a rule</comment>
        <translation>Purpose</translation>
    </message>
    <message>
        <source>金额门槛</source>
        <comment>a rule</comment>
        <translation>Min. spend</translation>
    </message>
    <message>
        <source>件数门槛</source>
        <comment>a rule</comment>
        <translation>Min. items</translation>
    </message>
    <message>
        <source>与其他优惠同享</source>
        <comment>a rule</comment>
        <translation>Combining</translation>
    </message>
    <message>
        <source>每天限用</source>
        <comment>a rule</comment>
        <translation>Daily limit</translation>
    </message>
    <message>
        <source>适用商品</source>
        <comment>a rule</comment>
        <translation>Eligible items</translation>
    </message>
    <message>
        <source>卡里剩余</source>
        <comment>a rule</comment>
        <translation>Balance left</translation>
    </message>
    <message>
        <source>其他数据</source>
        <comment>a rule</comment>
        <translation>Other data</translation>
    </message>
    <message>
        <source>没有读到完整的测试码</source>
        <translation>Test code not fully read</translation>
    </message>
    <message>
        <source>扫码枪还不能正常使用</source>
        <translation>Scanner isn&apos;t ready to use</translation>
    </message>
    <message>
        <source>扫码枪可以用，有几点请留意</source>
        <translation>Scanner works, please note</translation>
    </message>
    <message>
        <source>扫码枪一切正常</source>
        <translation>Scanner is OK</translation>
    </message>
    <message>
        <source>没有</source>
        <comment>no characters before or behind a code</comment>
        <translation>None</translation>
    </message>
    <message>
        <source>扫码枪发送的结束键</source>
        <comment>what ends a scan</comment>
        <translation>Key sent by the scanner</translation>
    </message>
    <message>
        <source>停顿一下</source>
        <comment>what ends a scan</comment>
        <translation>A pause</translation>
    </message>
    <message>
        <source>{milliseconds} 毫秒</source>
        <translation>{milliseconds} ms</translation>
    </message>
    <message>
        <source>码前面的字符</source>
        <translation>Before each code</translation>
    </message>
    <message>
        <source>码后面的字符</source>
        <translation>After each code</translation>
    </message>
    <message>
        <source>一次扫码的结束</source>
        <translation>A scan ends with</translation>
    </message>
    <message>
        <source>两键之间最长间隔</source>
        <translation>Longest gap between keys</translation>
    </message>
    <message>
        <source>内容完整，和测试码一模一样</source>
        <translation>Complete: matches the test code</translation>
    </message>
    <message>
        <source>扫一下发送了 {count} 次，请在扫码枪上关闭连续扫描</source>
        <translation>One scan was sent {count} times. Turn off continuous scanning on the scanner</translation>
    </message>
    <message>
        <source>少了 {count} 个字符。请再扫一次；总是缺少时，请调慢或更换扫码枪</source>
        <translation>{count} characters missing. Scan again; if it keeps happening, slow down or replace the scanner</translation>
    </message>
    <message>
        <source>大小写反了：请按一下 Caps Lock（大写锁定）键，灯灭后再扫一次</source>
        <translation>Upper and lower case are swapped. Press Caps Lock so its light is off, then scan again</translation>
    </message>
    <message>
        <source>扫码枪在用 ALT 方式发码（按住 Alt 敲小键盘数字），又慢又容易收不到：请在扫码枪上关掉 ALT 方式，改成标准键盘</source>
        <translation>Scanner sends ALT codes (Alt + number pad): slow and easily lost. Turn ALT mode off and use standard keyboard mode</translation>
    </message>
    <message>
        <source>数字按小键盘发送：在其他程序里扫码时，Num Lock 灯要一直亮着</source>
        <translation>Digits come as number pad keys. Keep Num Lock on when scanning in other programs</translation>
    </message>
    <message>
        <source>数字按小键盘发送，Num Lock 灯没亮：本程序能识别，其他程序收不到数字，请按一下 Num Lock 键</source>
        <translation>Digits come as number pad keys and Num Lock is off. Fine here, but other programs get no digits. Press Num Lock</translation>
    </message>
    <message>
        <source>这不是测试码，请扫测试页或屏幕上的码</source>
        <translation>Not the test code. Scan the one on the test page or screen</translation>
    </message>
    <message>
        <source>中文输入法抢走了按键：请切换到英文再扫一次。查会员时本程序会避开输入法，其他程序不会</source>
        <translation>The Chinese input method took the keys. Switch to English and scan again. Lookups here avoid it; other programs don&apos;t</translation>
    </message>
    <message>
        <source>字符都在，但顺序乱了，多半是输入法造成的：请关闭输入法再扫一次</source>
        <translation>All characters arrived but out of order, likely due to the input method. Turn it off and scan again</translation>
    </message>
    <message>
        <source>字母没有收到，多半被输入法拿走了：请切换到英文再扫一次</source>
        <translation>No letters arrived; the input method likely took them. Switch to English and scan again</translation>
    </message>
    <message>
        <source>电脑用的是法语键盘布局，字母和数字会错：请改用中文或美式英文键盘</source>
        <translation>This PC uses a French keyboard layout, so letters and digits come out wrong. Switch to Chinese or US English</translation>
    </message>
    <message>
        <source>电脑用的是德语键盘布局，Y 和 Z 会互换：请改用中文或美式英文键盘</source>
        <translation>This PC uses a German keyboard layout, so Y and Z are swapped. Switch to Chinese or US English</translation>
    </message>
    <message>
        <source>扫码枪和电脑的键盘布局不一样：请在电脑上改用美式英文键盘，扫码枪也设为美式英文键盘</source>
        <translation>Scanner and PC use different keyboard layouts. Set both to US English</translation>
    </message>
    <message>
        <source>码前面多了「{text}」，使用建议的设置后会自动去掉</source>
        <translation>Extra &quot;{text}&quot; before the code. The proposed settings remove it</translation>
    </message>
    <message>
        <source>码前面有条码种类标记「{text}」，会自动去掉</source>
        <translation>Barcode type &quot;{text}&quot; before the code. It&apos;s removed automatically</translation>
    </message>
    <message>
        <source>还发送了控制字符 {names}，本程序会去掉；其他程序可能当成快捷键，用不到时请在扫码枪上关闭</source>
        <translation>Also sends control characters {names}. Removed here, but other programs may treat them as shortcuts. Turn them off if not needed</translation>
    </message>
    <message>
        <source>还按了 {names} 键，可能触发快捷键：请在扫码枪上关闭</source>
        <translation>Also presses {names}, which may trigger shortcuts. Turn that off on the scanner</translation>
    </message>
    <message>
        <source>码后面多了「{text}」，使用建议的设置后会自动去掉</source>
        <translation>Extra &quot;{text}&quot; after the code. The proposed settings remove it</translation>
    </message>
    <message>
        <source>扫完会按回车，正合适</source>
        <translation>Ends with Enter, as it should</translation>
    </message>
    <message>
        <source>扫完会按小键盘上的回车，可以用</source>
        <translation>Ends with number pad Enter, which works</translation>
    </message>
    <message>
        <source>扫完会按 Tab 键，可以用；改成回车更合适</source>
        <translation>Ends with Tab, which works; Enter is better</translation>
    </message>
    <message>
        <source>扫完会发送换行，可以用；改成回车更合适</source>
        <translation>Ends with a line feed, which works; Enter is better</translation>
    </message>
    <message>
        <source>扫完会发送回车和换行，可以用</source>
        <translation>Ends with Enter and a line feed, which works</translation>
    </message>
    <message>
        <source>扫完没有按回车，要停顿一下才会查询：请在扫码枪上把结束键设为回车</source>
        <translation>Doesn&apos;t end with Enter, so each lookup waits for a pause. Set the scanner&apos;s suffix to Enter</translation>
    </message>
    <message>
        <source>扫完发送了不止一个结束键：请在扫码枪上只保留回车</source>
        <translation>Ends with more than one key. Keep only Enter on the scanner</translation>
    </message>
    <message>
        <source>速度正常：每键约 {median_ms} 毫秒，最慢 {longest_ms} 毫秒</source>
        <translation>Speed OK: about {median_ms} ms a key, slowest {longest_ms} ms</translation>
    </message>
    <message>
        <source>速度时快时慢：每键约 {median_ms} 毫秒，最慢 {longest_ms} 毫秒，请再扫一次确认</source>
        <translation>Speed varies: about {median_ms} ms a key, slowest {longest_ms} ms. Scan again to confirm</translation>
    </message>
    <message>
        <source>速度偏慢：每键约 {median_ms} 毫秒，最慢 {longest_ms} 毫秒，请使用建议的设置，或在扫码枪上调快</source>
        <translation>Slow: about {median_ms} ms a key, slowest {longest_ms} ms. Use the proposed settings, or speed up the scanner</translation>
    </message>
    <message>
        <source>速度太慢：每键约 {median_ms} 毫秒，最慢 {longest_ms} 毫秒，和手工输入分不清，请在扫码枪上调快</source>
        <translation>Too slow: about {median_ms} ms a key, slowest {longest_ms} ms, like typing by hand. Speed up the scanner</translation>
    </message>
    <message>
        <source>按下一个键时上一个键还没松开（按住 {hold_ms} 毫秒），个别程序会漏字符</source>
        <translation>Keys overlap (each held {hold_ms} ms). Some programs drop characters</translation>
    </message>
    <message>
        <source>已忽略重复扫码</source>
        <translation>Duplicate scan ignored</translation>
    </message>
    <message>
        <source>扫码不完整，请再扫一次</source>
        <translation>Incomplete scan. Scan again</translation>
    </message>
    <message>
        <source>扫码枪在用 ALT 方式发码，收不到内容；请在扫码枪上关掉（按 F9 检测）</source>
        <translation>Scanner sends ALT codes, which can&apos;t be read here. Turn ALT mode off on the scanner (check with F9)</translation>
    </message>
    <message>
        <source>这是扫码枪测试码；按 F9 检测扫码枪</source>
        <translation>That&apos;s the scanner test code. Press F9 to check the scanner</translation>
    </message>
    <message>
        <source>大写锁定开着，已还原大小写；请按 Caps Lock 关掉</source>
        <translation>Caps Lock is on (case corrected). Press Caps Lock to turn it off</translation>
    </message>
    <message>
        <source>换了字母大小写才查到；大写锁定（Caps Lock）开着的话，请按一下关掉</source>
        <translation>Found with upper and lower case swapped. If Caps Lock is on, turn it off</translation>
    </message>
    <message>
        <source>一次扫到 {count} 个码，只查了一个；另有 {others}</source>
        <translation>{count} codes in one scan, one looked up. Others: {others}</translation>
    </message>
    <message>
        <source>总部规定不能用手机号查，请扫会员码</source>
        <translation>Head office: no lookup by phone. Scan the member code</translation>
    </message>
    <message>
        <source>用手机号查不显示券码、卡号和储值；扫会员码就能看到</source>
        <translation>By phone: no codes, card numbers or balance. Scan the member code to see them</translation>
    </message>
    <message>
        <source>选的是{chosen}，这个码却像{looks_like}。按哪种查？</source>
        <translation>{chosen} selected, but this looks like: {looks_like}. Look up as which?</translation>
    </message>
    <message>
        <source>按{kind}查（回车）</source>
        <translation>{kind} (Enter)</translation>
    </message>
    <message>
        <source>仍按{kind}查</source>
        <translation>Keep {kind}</translation>
    </message>
    <message>
        <source>正在用明文 http 连接会员系统，请联系管理员改为 https</source>
        <translation>(move the translation of context Controller here)</translation>
    </message>
    <message>
        <source>总部下发的设置有 {count} 处不对，没有采用，请告诉管理员</source>
        <translation>Head office&apos;s policy: {count} wrong, not used. Please tell your administrator</translation>
    </message>
    <message>
        <source>电脑时间不对（显示 {today}），请先校准时间再重试；时间没错或改不了的请联系管理员</source>
        <translation>This PC&apos;s clock is wrong (shows {today}). Set it, then retry. If it&apos;s right or you can&apos;t change it, contact your administrator</translation>
    </message>
    <message>
        <source>{who}的安全证书过期了，请联系管理员；电脑日期（{today}）不对的，请先校准时间</source>
        <translation>Security certificate of {who} expired. Contact your administrator. If this PC&apos;s date ({today}) is wrong, set it first</translation>
    </message>
    <message>
        <source>{who}的安全证书过期了，请联系管理员</source>
        <translation>Security certificate of {who} expired. Contact your administrator</translation>
    </message>
    <message>
        <source>{who}的安全证书还没生效，请联系管理员</source>
        <translation>Security certificate of {who} isn&apos;t valid yet. Contact your administrator</translation>
    </message>
    <message>
        <source>连到的不是{who}（安全证书是别家的），请打开浏览器看是否要登录上网，仍不行请联系管理员</source>
        <translation>This isn&apos;t {who} (someone else&apos;s certificate). Open a browser to see if the network needs a login; if that doesn&apos;t help, contact your administrator</translation>
    </message>
    <message>
        <source>连到的可能不是{who}（安全证书不受信任），请打开浏览器看是否要登录上网，仍不行请管理员检查公司网关或杀毒软件</source>
        <translation>This may not be {who} (untrusted certificate). Open a browser to see if the network needs a login; if that doesn&apos;t help, ask your administrator to check the gateway or antivirus</translation>
    </message>
    <message>
        <source>{who}的安全证书已被吊销，请联系管理员</source>
        <translation>Security certificate of {who} was revoked. Contact your administrator</translation>
    </message>
    <message>
        <source>{who}的安全证书强度不够、不安全，请联系管理员</source>
        <translation>Security certificate of {who} is too weak to be safe. Contact your administrator</translation>
    </message>
    <message>
        <source>{who}的安全证书有问题，请联系管理员</source>
        <translation>Security certificate of {who} isn&apos;t valid. Contact your administrator</translation>
    </message>
    <message>
        <source>要先登录上网：请打开浏览器，在跳出的页面登录后重试，不会登录的请问店长</source>
        <translation>Network login needed. Open a browser, log in on the page that opens, then retry. Not sure how? Ask your manager</translation>
    </message>
    <message>
        <source>收到的是网页，不是{who}的回答，多半要先登录上网：请打开浏览器登录后重试，已能上网的请联系管理员</source>
        <translation>Got a web page instead of a reply from {who}. The network may need a login: open a browser, log in, then retry. If the web works, contact your administrator</translation>
    </message>
    <message>
        <source>连到的不是{who}（没有加密），请打开浏览器看是否要登录上网，仍不行请联系管理员</source>
        <translation>This isn&apos;t {who} (no encryption). Open a browser to see if the network needs a login; if that doesn&apos;t help, contact your administrator</translation>
    </message>
    <message>
        <source>和{who}的加密连接没有接通，请重试，仍不行请管理员检查网关和代理</source>
        <translation>No secure connection to {who}. Retry; if that doesn&apos;t help, ask your administrator to check the gateway and proxy</translation>
    </message>
    <message>
        <source>连不上上网代理，请检查网络后重试，仍不行请管理员检查代理设置</source>
        <translation>Can&apos;t reach the proxy. Check the network and retry; if that doesn&apos;t help, ask your administrator to check the proxy settings</translation>
    </message>
    <message>
        <source>上网代理要账号密码，请管理员检查代理设置</source>
        <translation>Proxy login required. Ask your administrator to check the proxy settings</translation>
    </message>
    <message>
        <source>上网代理没有接通{who}，请重试，仍不行请管理员检查代理设置</source>
        <translation>Proxy couldn&apos;t reach {who}. Retry; if that doesn&apos;t help, ask your administrator to check the proxy settings</translation>
    </message>
    <message>
        <source>找不到{who}的网络地址，请检查网络后重试，仍不行请联系管理员</source>
        <translation>Can&apos;t find the address of {who}. Check the network and retry; if that doesn&apos;t help, contact your administrator</translation>
    </message>
    <message>
        <source>推荐 {title}</source>
        <translation>Redeem {title}</translation>
    </message>
    <message>
        <source>另有 {title}</source>
        <translation>also {title}</translation>
    </message>
    <message>
        <source>再加 {gap} 可用 {title}</source>
        <translation>Add {gap} for {title}</translation>
    </message>
    <message>
        <source>改为{order_type}可用 {title}</source>
        <translation>Switch to {order_type} for {title}</translation>
    </message>
    <message>
        <source>{title} {when}</source>
        <translation>{title} {when}</translation>
    </message>
    <message>
        <source>{what}：{title}</source>
        <translation>{what}: {title}</translation>
    </message>
    <message>
        <source>{said}（{saving}）</source>
        <translation>{said} · {saving}</translation>
    </message>
    <message>
        <source>；</source>
        <comment>between sentences</comment>
        <translation>; </translation>
    </message>
    <message>
        <source>已找到会员 {name}</source>
        <translation>Found {name}</translation>
    </message>
    <message>
        <source>账号已冻结，所有券和卡都不可用</source>
        <translation>Account frozen: no coupon or card can be used</translation>
    </message>
    <message>
        <source>可用券 {count} 张</source>
        <translation>usable coupons: {count}</translation>
    </message>
    <message>
        <source>可用礼品卡 {count} 张</source>
        <translation>usable gift cards: {count}</translation>
    </message>
    <message>
        <source>第 {number} 条，共 {total} 条</source>
        <translation>{number} of {total}</translation>
    </message>
    <message>
        <source>→ 逐张展开</source>
        <translation>→ shows each</translation>
    </message>
    <message>
        <source>→ 为什么</source>
        <translation>→ why</translation>
    </message>
    <message>
        <source>Ctrl+C 复制</source>
        <translation>Ctrl+C copies</translation>
    </message>
    <message>
        <source>菜单键 列出能做的</source>
        <translation>Menu key lists what can be done</translation>
    </message>
    <message>
        <source>号码或密码不对，请顾客核对后重新输入</source>
        <translation>Number and password do not match. Ask the customer to check and enter them again</translation>
    </message>
    <message>
        <source>错误次数太多，会员系统暂时锁定了，请过一会儿再试</source>
        <translation>Too many wrong tries. It is locked for now; try again later</translation>
    </message>
    <message>
        <source>这个账号或卡已冻结，不能使用，请顾客联系客服</source>
        <translation>This account or card is frozen. Ask the customer to contact customer service</translation>
    </message>
    <message>
        <source>会员系统太久没有回应，请重新输入</source>
        <translation>The member system took too long. Please enter it again</translation>
    </message>
    <message>
        <source>连不上会员系统，请检查网络后重新输入</source>
        <translation>No connection to the member system. Check the network, then enter it again</translation>
    </message>
    <message>
        <source>会员系统正忙，请稍等片刻再输入</source>
        <translation>The member system is busy. Wait a moment, then enter it again</translation>
    </message>
    <message>
        <source>会员系统给的可能是另一位会员，没有显示，请重新输入</source>
        <translation>The answer may be about another member and is not shown. Please enter it again</translation>
    </message>
    <message>
        <source>会员系统没有受理，请联系管理员</source>
        <translation>The member system refused. Please tell your manager</translation>
    </message>
    <message>
        <source>会员系统没有受理，请重新输入，仍不行请联系管理员</source>
        <translation>The member system refused. Enter it again; if it still fails, tell your manager</translation>
    </message>
    <message>
        <source>会员系统暂时出错，请稍后重新输入</source>
        <translation>The member system has a problem. Please enter it again later</translation>
    </message>
</context>
<context>
    <name>NarrowOrder</name>
    <message>
        <source>完整</source>
        <translation>Full</translation>
    </message>
    <message>
        <source>换回完整窗口</source>
        <translation>Back to the full window</translation>
    </message>
    <message>
        <source>换回完整窗口（Ctrl+M）</source>
        <translation>Back to the full window (Ctrl+M)</translation>
    </message>
</context>
<context>
    <name>Native</name>
    <message>
        <source>设置</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>检查连接</source>
        <translation>Check connection</translation>
    </message>
    <message>
        <source>完整窗口</source>
        <translation>Full window</translation>
    </message>
    <message>
        <source>紧凑窗口</source>
        <translation>Compact window</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>会员查询</source>
        <translation>Member lookup</translation>
    </message>
    <message>
        <source>程序没能启动，不能查询。请关闭后重新打开，仍不行请告诉技术支持：问题编号 {code}（{kind}）</source>
        <translation>Couldn&apos;t start, so lookups aren&apos;t possible. Close and reopen; if that doesn&apos;t help, tell support: Ref. {code} ({kind})</translation>
    </message>
</context>
<context>
    <name>OrderBar</name>
    <message>
        <source>堂食</source>
        <translation>Dine-in</translation>
    </message>
    <message>
        <source>外卖</source>
        <translation>Delivery</translation>
    </message>
    <message>
        <source>买单</source>
        <translation>Pay bill</translation>
    </message>
    <message>
        <source>订单类型</source>
        <translation>Order type</translation>
    </message>
    <message>
        <source>识别类型</source>
        <translation>ID type</translation>
    </message>
    <message>
        <source>手动输入时按哪种识别码查，只管下一次</source>
        <translation>What a typed text is looked up as, the next time only</translation>
    </message>
    <message>
        <source>自动</source>
        <translation>Auto</translation>
    </message>
    <message>
        <source>会员码</source>
        <translation>Member code</translation>
    </message>
    <message>
        <source>手机号</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>会员卡号</source>
        <translation>Card number</translation>
    </message>
    <message>
        <source>支付宝用户ID</source>
        <translation>Alipay user ID</translation>
    </message>
    <message>
        <source>微信 openid</source>
        <translation>WeChat openid</translation>
    </message>
    <message>
        <source>微信 unionid</source>
        <translation>WeChat unionid</translation>
    </message>
    <message>
        <source>会员ID</source>
        <translation>Member ID</translation>
    </message>
    <message>
        <source>扫码 / 手机号 / 卡号</source>
        <translation>Scan / phone / card no.</translation>
    </message>
    <message>
        <source>会员码、手机号或卡号</source>
        <translation>Member code, phone or card number</translation>
    </message>
    <message>
        <source>门店 {store}</source>
        <translation>Store {store}</translation>
    </message>
</context>
<context>
    <name>OrderNumbers</name>
    <message>
        <source>未填</source>
        <translation>none</translation>
    </message>
    <message>
        <source>订单金额</source>
        <translation>Amount</translation>
    </message>
    <message>
        <source>已优惠</source>
        <translation>Already off</translation>
    </message>
    <message>
        <source>件数</source>
        <translation>Items</translation>
    </message>
    <message>
        <source>金额 ¥</source>
        <translation>Amount ¥</translation>
    </message>
    <message>
        <source>已优惠 ¥</source>
        <translation>Off ¥</translation>
    </message>
    <message>
        <source>上一单填的数已清除，F8 恢复</source>
        <translation>Last order&apos;s numbers cleared. F8 to restore</translation>
    </message>
    <message>
        <source>上一单 {amount} 已清除，F8 恢复</source>
        <translation>Last order&apos;s {amount} cleared. F8 to restore</translation>
    </message>
</context>
<context>
    <name>PageArea</name>
    <message>
        <source>页面</source>
        <translation>Page</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>各页</source>
        <translation>Pages</translation>
    </message>
</context>
<context>
    <name>PanelStates</name>
    <message>
        <source>会员信息没有查到</source>
        <translation>Member info unavailable</translation>
    </message>
    <message>
        <source>会员识别没有查到</source>
        <translation>Member ID check unavailable</translation>
    </message>
    <message>
        <source>没有核对券是否锁定</source>
        <translation>Locked coupons not checked</translation>
    </message>
    <message>
        <source>礼品卡列表没有查到</source>
        <translation>Gift card list unavailable</translation>
    </message>
    <message>
        <source>优惠券列表无法读取，请按 F5 刷新</source>
        <translation>Can&apos;t read the coupon list. Press F5</translation>
    </message>
    <message>
        <source>礼品卡列表无法读取，请按 F5 刷新</source>
        <translation>Can&apos;t read the gift card list. Press F5</translation>
    </message>
    <message>
        <source>券或卡太多，没有全部列出</source>
        <translation>Too many coupons or cards, not all listed</translation>
    </message>
    <message>
        <source>{what}：{why}</source>
        <translation>{what}: {why}</translation>
    </message>
</context>
<context>
    <name>Paper</name>
    <message>
        <source>口令不对，请核对后再输入（不分大小写）</source>
        <translation>Wrong passphrase: check and type it again (case does not matter)</translation>
    </message>
    <message>
        <source>这张纸过期了，请总部重新打印</source>
        <translation>This page has expired: ask head office for a new one</translation>
    </message>
    <message>
        <source>电脑时间比打印这张纸的时间还早，请先校准电脑时间</source>
        <translation>This computer&apos;s clock is before the page was printed: set it first</translation>
    </message>
    <message>
        <source>这张纸是别的版本做的，请更新程序，或让总部重新打印</source>
        <translation>This page is for another version: update posmember or ask for a new page</translation>
    </message>
    <message>
        <source>扫到的内容对不上，请把每个码重新扫一遍</source>
        <translation>The codes do not fit together: scan every one again</translation>
    </message>
    <message>
        <source>电脑内存不够，请关掉别的程序再试</source>
        <translation>Not enough memory: close other programs, then try again</translation>
    </message>
    <message>
        <source>这张纸是别的商户的，没有用，请找总部要这家店的</source>
        <translation>This page is for another merchant and was not used; ask head office for this store&apos;s</translation>
    </message>
    <message>
        <source>这张纸不能用，请总部重新打印</source>
        <translation>This page cannot be used: ask head office for a new one</translation>
    </message>
    <message>
        <source>这个码扫过了，请扫别的</source>
        <translation>Scanned already: scan another one</translation>
    </message>
    <message>
        <source>这是另一次打印的码，没有用；要换成它请先按「重新开始」</source>
        <translation>From another printed page, not used; to use that one press Start over first</translation>
    </message>
    <message>
        <source>这个码没扫完整，请再扫一次</source>
        <translation>Not read whole: scan it again</translation>
    </message>
    <message>
        <source>这不是装机纸上的码，没有查询也没有用</source>
        <translation>Not a code of the set-up page: not looked up, not used</translation>
    </message>
</context>
<context>
    <name>PaperPage</name>
    <message>
        <source>口令</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>总部另外告诉您的，不在纸上；不分大小写</source>
        <translation>Told to you by head office, not on the page; case does not matter</translation>
    </message>
    <message>
        <source>显示口令</source>
        <translation>Show passphrase</translation>
    </message>
    <message>
        <source>打开</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>重新开始</source>
        <translation>Start over</translation>
    </message>
    <message>
        <source>请用扫码枪扫纸上的每一个码，先扫哪个都行。</source>
        <translation>Scan every code on the page, in any order.</translation>
    </message>
    <message>
        <source>扫到 {found} 个，共 {count} 个；还差第 {missing} 个</source>
        <translation>{found} of {count} scanned; missing: {missing}</translation>
    </message>
    <message>
        <source>{count} 个码都扫到了，请输入口令。</source>
        <translation>All {count} codes scanned: type the passphrase.</translation>
    </message>
    <message>
        <source>正在打开…</source>
        <translation>Opening…</translation>
    </message>
    <message>
        <source>程序出错了。</source>
        <translation>Something went wrong. </translation>
    </message>
</context>
<context>
    <name>PersonRow</name>
    <message>
        <source>会员</source>
        <translation>Member</translation>
    </message>
    <message>
        <source>正在查询…</source>
        <translation>Looking up…</translation>
    </message>
    <message>
        <source>积分</source>
        <translation>Points</translation>
    </message>
    <message>
        <source>储值</source>
        <translation>Balance</translation>
    </message>
    <message>
        <source>账号已冻结，所有券和卡都不可用</source>
        <translation>Account frozen. No coupons or cards can be used</translation>
    </message>
    <message>
        <source>按住显示</source>
        <translation>Hold to show</translation>
    </message>
    <message>
        <source>按住鼠标或空格键，显示完整姓名和手机号</source>
        <translation>Hold the mouse button or Space to show the full name and phone</translation>
    </message>
    <message>
        <source>按住显示完整姓名和手机号</source>
        <translation>Hold to show full name and phone</translation>
    </message>
    <message>
        <source>微信卡 F10</source>
        <translation>WeChat F10</translation>
    </message>
    <message>
        <source>查询微信会员卡</source>
        <translation>Look up WeChat card</translation>
    </message>
    <message>
        <source>未留姓名</source>
        <translation>No name</translation>
    </message>
    <message>
        <source>未留手机号</source>
        <translation>No phone</translation>
    </message>
    <message>
        <source>企业会员</source>
        <translation>Business</translation>
    </message>
    <message>
        <source>至 {date}</source>
        <translation>to {date}</translation>
    </message>
    <message>
        <source>未返回</source>
        <translation>Not returned</translation>
    </message>
    <message>
        <source>可抵 {amount}</source>
        <translation>Worth {amount}</translation>
    </message>
    <message>
        <source>用 {points} 积分</source>
        <translation>for {points} points</translation>
    </message>
    <message>
        <source>本店不支持积分抵现</source>
        <translation>Points not accepted here</translation>
    </message>
    <message>
        <source>扫会员码后显示</source>
        <translation>Scan code to show</translation>
    </message>
    <message>
        <source>含赠 {bonus}</source>
        <translation>Bonus {bonus}</translation>
    </message>
    <message>
        <source>充值 {principal} + 赠送 {bonus}</source>
        <translation>Top-up {principal} + bonus {bonus}</translation>
    </message>
    <message>
        <source>累计充值 {principal}，累计赠送 {bonus}</source>
        <translation>Lifetime top-up {principal}, bonus {bonus}</translation>
    </message>
    <message>
        <source>需密码</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>积分 {points} 和储值 {stored} 现在都不能用</source>
        <translation>Can&apos;t be used now: points {points}, balance {stored}</translation>
    </message>
</context>
<context>
    <name>PinPage</name>
    <message>
        <source>主管工号</source>
        <translation>Supervisor no.</translation>
    </message>
    <message>
        <source>主管密码</source>
        <translation>Supervisor PIN</translation>
    </message>
    <message>
        <source>打开设置</source>
        <translation>Open settings</translation>
    </message>
    <message>
        <source>改设置要主管同意。</source>
        <translation>A supervisor has to allow changes.</translation>
    </message>
    <message>
        <source>正在核对…</source>
        <translation>Checking…</translation>
    </message>
    <message>
        <source>核对时程序出错了。</source>
        <translation>The check failed. </translation>
    </message>
</context>
<context>
    <name>Problems</name>
    <message>
        <source>重试 F5</source>
        <translation>Retry F5</translation>
    </message>
    <message>
        <source>重试 {title}</source>
        <translation>Retry: {title}</translation>
    </message>
</context>
<context>
    <name>RowDelegate</name>
    <message>
        <source>复制</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>已复制</source>
        <translation>Copied</translation>
    </message>
</context>
<context>
    <name>RowList</name>
    <message>
        <source>复制</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>出码</source>
        <translation>Show code</translation>
    </message>
    <message>
        <source>为什么</source>
        <translation>Why</translation>
    </message>
    <message>
        <source>输进收银</source>
        <translation>Enter in till</translation>
    </message>
</context>
<context>
    <name>Saving</name>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>文件名</source>
        <translation>File name</translation>
    </message>
    <message>
        <source>类型</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>位置</source>
        <translation>Look in</translation>
    </message>
</context>
<context>
    <name>SayRow</name>
    <message>
        <source>注意：{text}</source>
        <translation>Note: {text}</translation>
    </message>
    <message>
        <source>出错：{text}</source>
        <translation>Error: {text}</translation>
    </message>
</context>
<context>
    <name>ScannerCheckSheet</name>
    <message>
        <source>扫码枪检测</source>
        <translation>Scanner check</translation>
    </message>
    <message>
        <source>检测结果</source>
        <translation>Result of the check</translation>
    </message>
    <message>
        <source>打印测试页</source>
        <translation>Print test page</translation>
    </message>
    <message>
        <source>使用这些设置</source>
        <translation>Use these settings</translation>
    </message>
    <message>
        <source>再扫一次</source>
        <translation>Scan again</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>测试页没有写成，请直接扫屏幕上的码</source>
        <translation>Couldn&apos;t create the test page. Scan the code on the screen</translation>
    </message>
    <message>
        <source>测试页打不开，请用浏览器打开并打印：{path}</source>
        <translation>Couldn&apos;t open the test page. Open it in a browser and print: {path}</translation>
    </message>
</context>
<context>
    <name>ScannerPage</name>
    <message>
        <source>请随便扫一个码试试；扫不出来就按 F9 检测。</source>
        <translation>Scan any code to try; if nothing happens, press F9.</translation>
    </message>
    <message>
        <source>检测扫码枪 F9</source>
        <translation>Check scanner F9</translation>
    </message>
    <message>
        <source>收到了一个码，扫码枪能用。没有查询，也没有保存。</source>
        <translation>Code received: the scanner works. Not looked up, not kept.</translation>
    </message>
    <message>
        <source>检测好了，设置已填在下面。</source>
        <translation>Done: the settings below were filled in.</translation>
    </message>
</context>
<context>
    <name>ScannerSetup</name>
    <message>
        <source>扫码枪设置已保存</source>
        <translation>Scanner settings saved</translation>
    </message>
    <message>
        <source>扫码枪设置已生效，但配置文件不能写，重新打开后要再设一次</source>
        <translation>Scanner settings are active but couldn&apos;t be saved. Set them again after a restart</translation>
    </message>
</context>
<context>
    <name>SecretEntry</name>
    <message>
        <source>没有查询：扫码时正在输入密码，请再扫一次</source>
        <translation>Not looked up: a password was being entered. Scan again</translation>
    </message>
</context>
<context>
    <name>SecretSheet</name>
    <message>
        <source>账号密码或实体卡</source>
        <translation>Password or physical card</translation>
    </message>
    <message>
        <source>账号密码</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>实体卡</source>
        <translation>Physical card</translation>
    </message>
    <message>
        <source>识别方式</source>
        <translation>Identify by</translation>
    </message>
    <message>
        <source>识别</source>
        <translation>Identify</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>没有查询：正在输入密码；要扫会员码，请先按 Esc</source>
        <translation>Not looked up: a password is being entered. To scan a member, press Esc first</translation>
    </message>
    <message>
        <source>正在核对…</source>
        <translation>Checking…</translation>
    </message>
    <message>
        <source>没有读全，请再刷一次卡</source>
        <translation>Not read whole. Swipe the card again</translation>
    </message>
    <message>
        <source>请先输入手机号</source>
        <translation>Enter the phone number first</translation>
    </message>
    <message>
        <source>请先输入卡号</source>
        <translation>Enter the card number first</translation>
    </message>
    <message>
        <source>手机号</source>
        <translation>Phone number</translation>
    </message>
    <message>
        <source>会员密码，请顾客输入</source>
        <translation>Member password, entered by the customer</translation>
    </message>
    <message>
        <source>卡号，刷卡或输入</source>
        <translation>Card number, swipe or type</translation>
    </message>
    <message>
        <source>内部卡号，刷卡或输入</source>
        <translation>Inner number, swipe or type</translation>
    </message>
    <message>
        <source>顾客用密码或实体卡识别</source>
        <translation>Identify by password or physical card</translation>
    </message>
</context>
<context>
    <name>SeekField</name>
    <message>
        <source>按 / 筛选</source>
        <translation>/ to filter</translation>
    </message>
    <message>
        <source>筛选{what}</source>
        <translation>Filter {what}</translation>
    </message>
    <message>
        <source>输入几个字</source>
        <translation>Type to filter</translation>
    </message>
</context>
<context>
    <name>SessionScreen</name>
    <message>
        <source>密钥只在这次开机用</source>
        <translation>Open key for this session only</translation>
    </message>
    <message>
        <source>系统密钥库打不开时，先输入密钥就能用；只记到关掉程序，不保存。</source>
        <translation>Where the keyring does not open, type the key to go on; it is kept until posmember closes, and saved nowhere.</translation>
    </message>
    <message>
        <source>取消 Esc</source>
        <translation>Cancel Esc</translation>
    </message>
    <message>
        <source>先用这把密钥</source>
        <translation>Use this key</translation>
    </message>
</context>
<context>
    <name>SettingField</name>
    <message>
        <source>由总部管理</source>
        <translation>Managed by head office</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>密钥没有保存：系统密钥库没有解锁，再保存一次会再问密码</source>
        <translation>The key was not saved: the system keyring stayed locked. Save again to be asked for its password.</translation>
    </message>
    <message>
        <source>密钥没有保存。</source>
        <translation>The key was not saved. </translation>
    </message>
    <message>
        <source>没有保存：别的程序刚改过配置文件，请重新读取后再改</source>
        <translation>Not saved: another program has just changed the file; read it again first</translation>
    </message>
    <message>
        <source>没有保存：磁盘满了，清理后再保存，填的内容还在</source>
        <translation>Not saved: the disk is full. Free some space and save again; your entries are still here</translation>
    </message>
    <message>
        <source>没有保存：配置文件不让改，请联系管理员</source>
        <translation>Not saved: the configuration file may not be changed, contact IT</translation>
    </message>
    <message>
        <source>没有保存，填的内容还在：{why}</source>
        <translation>Not saved, your entries are still here: {why}</translation>
    </message>
    <message>
        <source>没有查询：正在设置，设置完再扫会员码</source>
        <translation>Not looked up: finish the settings, then scan</translation>
    </message>
    <message>
        <source>这是付款码或银行卡，没有查询也没有保存</source>
        <translation>A payment code or bank card: not looked up, not kept</translation>
    </message>
    <message>
        <source>这不是密钥的二维码，没有填入</source>
        <translation>Not the QR code of a key, not used</translation>
    </message>
    <message>
        <source>这像是会员码，没有查询也没有填入；是密钥的请手工输入</source>
        <translation>Looks like a member code: not looked up, not used; if it is a key, type it</translation>
    </message>
    <message>
        <source>这不是门店编码，没有查询也没有填入</source>
        <translation>Not a store code: not looked up, not used</translation>
    </message>
    <message>
        <source>门店</source>
        <translation>Store</translation>
    </message>
    <message>
        <source>扫码枪</source>
        <translation>Scanner</translation>
    </message>
    <message>
        <source>窗口</source>
        <translation>Window</translation>
    </message>
    <message>
        <source>配合收银</source>
        <translation>Beside the till</translation>
    </message>
    <message>
        <source>交码给收银</source>
        <translation>Hand-over</translation>
    </message>
    <message>
        <source>顾客屏</source>
        <translation>Customer&apos;s screen</translation>
    </message>
    <message>
        <source>更新</source>
        <translation>Updates</translation>
    </message>
    <message>
        <source>自动判断</source>
        <translation>Automatic</translation>
    </message>
    <message>
        <source>分</source>
        <translation>Fen</translation>
    </message>
    <message>
        <source>元</source>
        <translation>Yuan</translation>
    </message>
    <message>
        <source>不允许</source>
        <translation>Not allowed</translation>
    </message>
    <message>
        <source>允许，不含个人信息</source>
        <translation>Allowed, without personal data</translation>
    </message>
    <message>
        <source>允许</source>
        <translation>Allowed</translation>
    </message>
    <message>
        <source>只有字母、数字和符号，中间没有空格，请重新复制</source>
        <translation>Letters, digits and signs only, no spaces: copy it again</translation>
    </message>
    <message>
        <source>请填 system、none 或代理地址，如 http://10.0.0.1:8080</source>
        <translation>system, none, or an address such as http://10.0.0.1:8080</translation>
    </message>
    <message>
        <source>不是能用的正则表达式，会员码要用 (?P&lt;code&gt;…) 标出</source>
        <translation>Not a usable pattern; mark the member code as (?P&lt;code&gt;…)</translation>
    </message>
    <message>
        <source>请填组合键，如 Ctrl+Alt+H</source>
        <translation>Enter keys such as Ctrl+Alt+H</translation>
    </message>
    <message>
        <source>请填网页来源，如 https://pos.example.com</source>
        <translation>Enter web origins such as https://pos.example.com</translation>
    </message>
    <message>
        <source>请填图片文件，或 https 开头的网址</source>
        <translation>Enter a picture&apos;s file, or an address that begins with https</translation>
    </message>
    <message>
        <source>要有一个 {code},还可以用 {Enter} 和 {Tab}</source>
        <translation>It needs {code} once, and may have {Enter} and {Tab}</translation>
    </message>
    <message>
        <source>请填 https:// 开头的网址</source>
        <translation>An address that begins with https://</translation>
    </message>
    <message>
        <source>请填时间段，如 22:00-06:00</source>
        <translation>Hours such as 22:00-06:00</translation>
    </message>
    <message>
        <source>请填 {least} 到 {most} 之间的数</source>
        <translation>A number from {least} to {most}</translation>
    </message>
    <message>
        <source>请填 {least} 到 {most} 之间的整数</source>
        <translation>A whole number from {least} to {most}</translation>
    </message>
    <message>
        <source>请填 {least} 到 {most} 之间的整数，或 0</source>
        <translation>A whole number from {least} to {most}, or 0</translation>
    </message>
    <message>
        <source>请选是或否</source>
        <translation>Yes or no</translation>
    </message>
    <message>
        <source>这个值不能用</source>
        <translation>This value cannot be used</translation>
    </message>
    <message>
        <source>请填文字</source>
        <translation>Has to be text</translation>
    </message>
    <message>
        <source>这一项必填</source>
        <translation>Required</translation>
    </message>
    <message>
        <source>太长了</source>
        <translation>Too long</translation>
    </message>
    <message>
        <source>里面有看不见的控制字符，请重新输入</source>
        <translation>Holds invisible control characters: type it again</translation>
    </message>
    <message>
        <source>现在只有一块屏幕，顾客屏不会显示</source>
        <translation>There is only one screen now: the customer&apos;s is not shown</translation>
    </message>
    <message>
        <source>现在接着：{screens}</source>
        <translation>Screens now: {screens}</translation>
    </message>
</context>
<context>
    <name>SettingsPages</name>
    <message>
        <source>会员系统</source>
        <translation>Platform</translation>
    </message>
</context>
<context>
    <name>SettingsScreen</name>
    <message>
        <source>设置</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>保存</source>
        <translation>Save</translation>
    </message>
    <message>
        <source>重新读取</source>
        <translation>Read again</translation>
    </message>
    <message>
        <source>这次开机先用，不保存密钥</source>
        <translation>Use key this session only</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>设置由总部管理，这里只能检查连接。</source>
        <translation>Settings are managed by head office; only the connection can be checked here.</translation>
    </message>
    <message>
        <source>已重新读取，您改的内容还在，请核对后保存</source>
        <translation>Read again; your changes are still here, check and save</translation>
    </message>
    <message>
        <source>还有没填对的，请看红字</source>
        <translation>Something is not right yet: see the red text</translation>
    </message>
    <message>
        <source>没有改动</source>
        <translation>Nothing changed</translation>
    </message>
    <message>
        <source>正在保存…</source>
        <translation>Saving…</translation>
    </message>
    <message>
        <source>已保存；{names}下次启动时生效</source>
        <translation>Saved; from the next start on: {names}</translation>
    </message>
    <message>
        <source>已保存，马上生效</source>
        <translation>Saved, in use now</translation>
    </message>
    <message>
        <source>程序出错了，没有保存。</source>
        <translation>Something went wrong, not saved. </translation>
    </message>
    <message>
        <source>检查连接</source>
        <translation>Connection check</translation>
    </message>
    <message>
        <source>微信会员卡</source>
        <translation>WeChat card</translation>
    </message>
    <message>
        <source>主管</source>
        <translation>Supervisors</translation>
    </message>
    <message>
        <source>找到了能用的签名写法，请按「保存」</source>
        <translation>Found the spelling that works: press Save</translation>
    </message>
</context>
<context>
    <name>SetupFront</name>
    <message>
        <source>这里不能改设置</source>
        <translation>Settings cannot be changed here</translation>
    </message>
    <message>
        <source>没保存的密码已清空，再按一次 Esc 关闭</source>
        <translation>What you typed in secret is cleared. Press Esc again to close.</translation>
    </message>
    <message>
        <source>没扫完整，请再扫一次</source>
        <translation>Not read whole: scan it again</translation>
    </message>
    <message>
        <source>密钥读到了，可以扫码</source>
        <translation>Key found, ready to scan</translation>
    </message>
    <message>
        <source>这次开机先用</source>
        <translation>Use a key this session</translation>
    </message>
    <message>
        <source>这台电脑还没有设置；设置由总部管理，请联系管理员</source>
        <translation>This till is not set up; settings are managed by head office, contact IT</translation>
    </message>
    <message>
        <source>设置好了，请扫会员码</source>
        <translation>All set: scan a member code</translation>
    </message>
    <message>
        <source>还没有设置好，填的内容还在，按 Ctrl+, 继续</source>
        <translation>Not set up yet; your entries are kept, Ctrl+, to go on</translation>
    </message>
    <message>
        <source>有改动没有保存，按 Ctrl+, 继续</source>
        <translation>Changes not saved, Ctrl+, to go on</translation>
    </message>
</context>
<context>
    <name>SignRows</name>
    <message>
        <source>没有查询：请手工输入密码，不要扫码</source>
        <translation>Not looked up: type the PIN, do not scan</translation>
    </message>
    <message>
        <source>这不是工号，请扫工牌，或手工输入</source>
        <translation>Not a staff number: scan the badge, or type it</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>F2 扫码  F8 金额  F1 帮助</source>
        <translation>F2 Scan  F8 Amount  F1 Help</translation>
    </message>
    <message>
        <source>F1 帮助</source>
        <translation>F1 Help</translation>
    </message>
    <message>
        <source>网络断开</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>网络慢 {seconds} 秒</source>
        <translation>Slow network, {seconds} s</translation>
    </message>
    <message>
        <source>网络正常</source>
        <translation>Online</translation>
    </message>
    <message>
        <source>电脑时间没能核对</source>
        <translation>PC clock not checked</translation>
    </message>
    <message>
        <source>正在刷新…</source>
        <translation>Refreshing…</translation>
    </message>
    <message>
        <source>{clock} 查询</source>
        <translation>Updated {clock}</translation>
    </message>
    <message>
        <source>{count} 秒后清屏</source>
        <translation>Clears in {count} s</translation>
    </message>
    <message>
        <source>没有人操作会自动清屏</source>
        <translation>Clears by itself when nobody uses it</translation>
    </message>
    <message>
        <source>电脑慢了 {how_long}，请告诉管理员</source>
        <translation>PC clock is {how_long} slow. Tell your administrator</translation>
    </message>
    <message>
        <source>电脑快了 {how_long}，请告诉管理员</source>
        <translation>PC clock is {how_long} fast. Tell your administrator</translation>
    </message>
    <message>
        <source>{count} 秒</source>
        <translation>{count} s</translation>
    </message>
    <message>
        <source>{count} 分钟</source>
        <translation>{count} min</translation>
    </message>
    <message>
        <source>{count} 小时</source>
        <translation>{count} h</translation>
    </message>
    <message>
        <source>{count} 天</source>
        <translation>{count} days</translation>
    </message>
</context>
<context>
    <name>SuggestionLine</name>
    <message>
        <source>只推荐一张，能否叠加以收银系统为准</source>
        <translation>One coupon suggested. For combining, go by the POS</translation>
    </message>
    <message>
        <source>核销码</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>出码 Enter</source>
        <translation>Show code Enter</translation>
    </message>
    <message>
        <source>出码</source>
        <translation>Show code</translation>
    </message>
    <message>
        <source>放大核销码 {code}</source>
        <translation>Show redemption code {code} large</translation>
    </message>
    <message>
        <source>已复制</source>
        <translation>Copied</translation>
    </message>
    <message>
        <source>复制 Ctrl+C</source>
        <translation>Copy Ctrl+C</translation>
    </message>
    <message>
        <source>复制</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>复制核销码 {code}</source>
        <translation>Copy code {code}</translation>
    </message>
    <message>
        <source>把核销码 {code} 输进收银系统</source>
        <translation>Enter code {code} in the till</translation>
    </message>
</context>
<context>
    <name>SupervisorsPage</name>
    <message>
        <source>工号</source>
        <translation>Staff no.</translation>
    </message>
    <message>
        <source>新密码</source>
        <translation>New PIN</translation>
    </message>
    <message>
        <source>{least} 到 {most} 位字母、数字或符号</source>
        <translation>{least} to {most} letters, digits or signs</translation>
    </message>
    <message>
        <source>同意的主管工号</source>
        <translation>Allowed by (staff no.)</translation>
    </message>
    <message>
        <source>同意的主管密码</source>
        <translation>Their PIN</translation>
    </message>
    <message>
        <source>第一位主管不用填</source>
        <translation>Not needed for the first one</translation>
    </message>
    <message>
        <source>添加，或换密码</source>
        <translation>Add, or new PIN</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>正在读取…</source>
        <translation>Reading…</translation>
    </message>
    <message>
        <source>现在的主管：{names}</source>
        <translation>Supervisors: {names}</translation>
    </message>
    <message>
        <source>还没有主管</source>
        <translation>No supervisor yet</translation>
    </message>
    <message>
        <source>已保存</source>
        <translation>Saved</translation>
    </message>
    <message>
        <source>已删除</source>
        <translation>Removed</translation>
    </message>
    <message>
        <source>没有这位主管</source>
        <translation>No such supervisor</translation>
    </message>
    <message>
        <source>正在保存…</source>
        <translation>Saving…</translation>
    </message>
    <message>
        <source>工号或密码的写法不对，请看下面的说明</source>
        <translation>Staff number or PIN is not of the right form, see below</translation>
    </message>
</context>
<context>
    <name>SupportScreen</name>
    <message>
        <source>技术支持</source>
        <translation>Support</translation>
    </message>
    <message>
        <source>下面是要保存的全部内容，没有顾客资料，也没有密钥。保存成一个文件，发给技术支持。</source>
        <translation>This is all that is saved: nothing about customers, and no keys. Save it as one file and send it to support.</translation>
    </message>
    <message>
        <source>保存…</source>
        <translation>Save…</translation>
    </message>
    <message>
        <source>检查连接</source>
        <translation>Check connection</translation>
    </message>
    <message>
        <source>替换这个文件</source>
        <translation>Replace this file</translation>
    </message>
    <message>
        <source>关闭 Esc</source>
        <translation>Close Esc</translation>
    </message>
    <message>
        <source>没有查询：先关闭技术支持，再扫会员码</source>
        <translation>Not looked up: close Support first, then scan the member code</translation>
    </message>
    <message>
        <source>正在收集…</source>
        <translation>Collecting…</translation>
    </message>
    <message>
        <source>正在检查连接…</source>
        <translation>Checking the connection…</translation>
    </message>
    <message>
        <source>请选保存的位置</source>
        <translation>Choose where to save it</translation>
    </message>
    <message>
        <source>保存技术支持资料</source>
        <translation>Save for support</translation>
    </message>
    <message>
        <source>没有保存</source>
        <translation>Not saved</translation>
    </message>
    <message>
        <source>正在保存…</source>
        <translation>Saving…</translation>
    </message>
    <message>
        <source>已保存：{path}</source>
        <translation>Saved: {path}</translation>
    </message>
    <message>
        <source>已经有 {name}，没有保存。要替换它吗？</source>
        <translation>{name} exists already, not saved. Replace it?</translation>
    </message>
    <message>
        <source>程序出错了。</source>
        <translation>Something went wrong. </translation>
    </message>
    <message>
        <source>版本</source>
        <translation>Versions</translation>
    </message>
    <message>
        <source>设置</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>检查结果</source>
        <translation>Check</translation>
    </message>
    <message>
        <source>日志</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>没有保存：磁盘满了，请清理，或换个位置保存</source>
        <translation>Not saved: the disk is full. Free some space, or save elsewhere</translation>
    </message>
    <message>
        <source>没有保存：这个位置不让写，请换个位置保存</source>
        <translation>Not saved: nothing may be written there. Save elsewhere</translation>
    </message>
    <message>
        <source>没有保存，请换个位置保存：{why}</source>
        <translation>Not saved, please save elsewhere: {why}</translation>
    </message>
</context>
<context>
    <name>TrainingSigns</name>
    <message>
        <source>进入培训模式</source>
        <translation>Start training</translation>
    </message>
    <message>
        <source>培训模式</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>退出培训模式</source>
        <translation>End training</translation>
    </message>
</context>
<context>
    <name>TrainingWish</name>
    <message>
        <source>这台电脑没有装培训模式，请联系管理员</source>
        <translation>Training is not installed on this computer. Please tell your manager</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>还没有查询</source>
        <translation>No lookup yet</translation>
    </message>
    <message>
        <source>网络正常</source>
        <translation>Online</translation>
    </message>
    <message>
        <source>网络慢</source>
        <translation>Slow network</translation>
    </message>
    <message>
        <source>连不上会员系统</source>
        <translation>No connection</translation>
    </message>
    <message>
        <source>打开</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>退出</source>
        <translation>Quit</translation>
    </message>
</context>
<context>
    <name>Updating</name>
    <message>
        <source>有新版本 {version}，由管理员安装</source>
        <translation>Version {version} is there; IT installs it</translation>
    </message>
    <message>
        <source>有新版本 {version}，空闲时安装</source>
        <translation>Version {version} is there, to install when idle</translation>
    </message>
    <message>
        <source>有新版本 {version}，安装要一两分钟</source>
        <translation>Version {version} is there. It takes a minute or two.</translation>
    </message>
    <message>
        <source>现在安装</source>
        <translation>Install now</translation>
    </message>
    <message>
        <source>以后再说</source>
        <translation>Later</translation>
    </message>
    <message>
        <source>好的，几小时后再问</source>
        <translation>OK, you will be asked again in a few hours</translation>
    </message>
    <message>
        <source>正在安装新版本 {version}，窗口会自己关上再打开</source>
        <translation>Installing version {version}. The window closes and opens by itself.</translation>
    </message>
    <message>
        <source>磁盘满了或不让写，新版本没有装，照常使用</source>
        <translation>Disk full or read-only: not installed. Carry on as before.</translation>
    </message>
    <message>
        <source>新版本的文件不可信，没有装，照常使用</source>
        <translation>The new version&apos;s file is not trusted: not installed. Carry on as before.</translation>
    </message>
    <message>
        <source>新版本没有装成，照常使用</source>
        <translation>The new version was not installed. Carry on as before.</translation>
    </message>
</context>
<context>
    <name>Waiting</name>
    <message>
        <source>正在核对账号状态…</source>
        <translation>Checking account…</translation>
    </message>
    <message>
        <source>正在查询礼品卡…</source>
        <translation>Loading gift cards…</translation>
    </message>
    <message>
        <source>会员系统较慢，已等 {seconds} 秒 · Esc 取消</source>
        <translation>Member system is slow, {seconds} s so far · Esc to cancel</translation>
    </message>
    <message>
        <source>会员</source>
        <translation>Member</translation>
    </message>
    <message>
        <source>账号</source>
        <translation>Account</translation>
    </message>
    <message>
        <source>礼品卡</source>
        <translation>Gift cards</translation>
    </message>
</context>
<context>
    <name>WechatCard</name>
    <message>
        <source>未激活</source>
        <translation>Not activated</translation>
    </message>
    <message>
        <source>有效</source>
        <translation>Active</translation>
    </message>
    <message>
        <source>已过期</source>
        <translation>Expired</translation>
    </message>
    <message>
        <source>已作废</source>
        <translation>Voided</translation>
    </message>
    <message>
        <source>状态未提供</source>
        <translation>Status not given</translation>
    </message>
    <message>
        <source>状态未知，请升级程序</source>
        <translation>Unknown status. Update the program</translation>
    </message>
    <message>
        <source>付费卡</source>
        <translation>Paid card</translation>
    </message>
    <message>
        <source>普通卡</source>
        <translation>Standard card</translation>
    </message>
    <message>
        <source>储值卡</source>
        <translation>Stored-value card</translation>
    </message>
    <message>
        <source>未知类型</source>
        <translation>Unknown type</translation>
    </message>
    <message>
        <source>永久有效</source>
        <translation>No expiry</translation>
    </message>
    <message>
        <source>{begin} 至 {end}</source>
        <translation>{begin} to {end}</translation>
    </message>
    <message>
        <source>有效期未提供</source>
        <translation>Expiry not given</translation>
    </message>
    <message>
        <source>有效期未知</source>
        <translation>Expiry unknown</translation>
    </message>
    <message>
        <source>生效后 {days} 天内有效</source>
        <translation>Valid for {days} days</translation>
    </message>
    <message>
        <source>性别</source>
        <translation>Gender</translation>
    </message>
    <message>
        <source>姓名</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>生日</source>
        <translation>Birthday</translation>
    </message>
    <message>
        <source>地址</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>邮箱</source>
        <translation>Email</translation>
    </message>
    <message>
        <source>城市</source>
        <translation>City</translation>
    </message>
    <message>
        <source>其他资料</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>作废原因</source>
        <translation>Void reason</translation>
    </message>
    <message>
        <source>作废时间</source>
        <translation>Voided</translation>
    </message>
    <message>
        <source>卡号</source>
        <translation>Card no.</translation>
    </message>
    <message>
        <source>手机号</source>
        <translation>Phone</translation>
    </message>
    <message>
        <source>领卡时间</source>
        <translation>Issued</translation>
    </message>
    <message>
        <source>商家备注</source>
        <translation>Merchant note</translation>
    </message>
    <message>
        <source>无法解密</source>
        <translation>Can&apos;t be decrypted</translation>
    </message>
    <message>
        <source>时间无法识别</source>
        <translation>Unreadable time</translation>
    </message>
    <message>
        <source>未知</source>
        <translation>Unknown</translation>
    </message>
    <message>
        <source>（无）</source>
        <translation>(none)</translation>
    </message>
    <message>
        <source>等级</source>
        <translation>Level</translation>
    </message>
    <message>
        <source>卡颜色</source>
        <translation>Color</translation>
    </message>
    <message>
        <source>卡图片</source>
        <translation>Picture</translation>
    </message>
    <message>
        <source>有效期</source>
        <translation>Validity</translation>
    </message>
    <message>
        <source>开卡资料</source>
        <translation>Sign-up form</translation>
    </message>
    <message>
        <source>不能为空</source>
        <translation>Required</translation>
    </message>
    <message>
        <source>最多 {most} 个字</source>
        <translation>Up to {most} characters</translation>
    </message>
    <message>
        <source>前后不能有空格，也不能有换行</source>
        <translation>No spaces at either end, no line breaks</translation>
    </message>
    <message>
        <source>颜色要写成 #RRGGBB，例如 #FFCC00</source>
        <translation>Use #RRGGBB, such as #FFCC00</translation>
    </message>
    <message>
        <source>图片地址要以 https:// 开头，不超过 256 个字</source>
        <translation>Must start with https://, up to 256 characters</translation>
    </message>
    <message>
        <source>手机号应为 11 位数字</source>
        <translation>Phone must have 11 digits</translation>
    </message>
    <message>
        <source>结束时间要晚于开始时间</source>
        <translation>End must be after start</translation>
    </message>
    <message>
        <source>开始和结束日期要填成 2026-12-31 这样</source>
        <translation>Enter start and end as 2026-12-31</translation>
    </message>
    <message>
        <source>天数应为 1 到 36500</source>
        <translation>1 to 36500 days</translation>
    </message>
    <message>
        <source>时间要填成 2026-01-31 18:00 这样</source>
        <translation>Enter time as 2026-01-31 18:00</translation>
    </message>
    <message>
        <source>同一个问题填了两次</source>
        <translation>Same question answered twice</translation>
    </message>
    <message>
        <source>不能填付款码或银行卡</source>
        <translation>No payment codes or bank cards here</translation>
    </message>
    <message>
        <source>原有的开卡资料有读不出来的，改了会丢失，所以不能改</source>
        <translation>Part of the form can&apos;t be read and would be lost, so it can&apos;t be changed</translation>
    </message>
    <message>
        <source>密码错误次数太多，请 {minutes} 分钟后再试</source>
        <translation>Too many wrong PINs. Try again in {minutes} min</translation>
    </message>
    <message>
        <source>工号或密码不对，还可以试 {left} 次</source>
        <translation>Wrong staff no. or PIN. {left} tries left</translation>
    </message>
    <message>
        <source>不知道是否已经改好，请按 F10 重新查询。</source>
        <translation>Change not confirmed. Press F10 to look it up again. </translation>
    </message>
    <message>
        <source>这台电脑还没有设置主管，请联系管理员</source>
        <translation>No supervisor set up on this PC. Contact your administrator</translation>
    </message>
    <message>
        <source>审计日志写不了，所以没有修改，请联系管理员</source>
        <translation>Audit log can&apos;t be written, so nothing was changed. Contact your administrator</translation>
    </message>
    <message>
        <source>主管要由现有主管或电脑管理员来设置</source>
        <translation>Only a supervisor or this PC&apos;s administrator can do this</translation>
    </message>
    <message>
        <source>系统密钥库没有回应，请解锁后再按 F10</source>
        <translation>System keyring isn&apos;t responding. Unlock it, then press F10</translation>
    </message>
    <message>
        <source>系统密钥库没有解锁，再试一次会再问密码</source>
        <translation>The system keyring stayed locked. Try again to be asked for its password.</translation>
    </message>
    <message>
        <source>读不到微信会员卡的密钥，请联系管理员重新导入</source>
        <translation>Can&apos;t read the WeChat Pay keys. Ask your administrator to import them again</translation>
    </message>
    <message>
        <source>微信会员卡设置有误，请联系管理员</source>
        <translation>WeChat card setup error. Contact your administrator</translation>
    </message>
    <message>
        <source>微信支付查不到这张卡，请核对卡号，并确认 openid 是这位顾客的</source>
        <translation>Card not found at WeChat Pay. Check the card no. and that the openid is this customer&apos;s</translation>
    </message>
    <message>
        <source>商户号没有会员卡权限，请管理员核对品牌 ID，并在微信支付开通权限</source>
        <translation>Merchant has no card permission. Ask your administrator to check the brand ID and the permission at WeChat Pay</translation>
    </message>
    <message>
        <source>微信支付不认本机的密钥，请管理员核对商户号、证书序列号和私钥，用中转服务的核对令牌</source>
        <translation>WeChat Pay rejected this PC&apos;s key. Ask your administrator to check mchid, serial no. and private key, or the relay token</translation>
    </message>
    <message>
        <source>全品牌每秒只能查 5 次，现在太忙，请过几秒再试</source>
        <translation>Limit of 5 lookups a second for the whole brand. Try again in a few seconds</translation>
    </message>
    <message>
        <source>微信支付说内容不对，请核对卡号、openid 和填写的内容</source>
        <translation>WeChat Pay rejected a value. Check the card no., openid and what you entered</translation>
    </message>
    <message>
        <source>微信支付没有受理，请联系管理员</source>
        <translation>WeChat Pay declined. Contact your administrator</translation>
    </message>
    <message>
        <source>收到的是网关或中转服务的页面，不是微信支付的回答，请检查网络后重试，仍不行请联系管理员</source>
        <translation>Got a web page from a gateway or relay, not from WeChat Pay. Check the network and retry; if that doesn&apos;t help, contact your administrator</translation>
    </message>
    <message>
        <source>电脑时间慢了 {minutes} 分钟，微信支付不认，请校准时间</source>
        <translation>PC clock is {minutes} min slow, so WeChat Pay declined. Set the clock</translation>
    </message>
    <message>
        <source>电脑时间快了 {minutes} 分钟，微信支付不认，请校准时间</source>
        <translation>PC clock is {minutes} min fast, so WeChat Pay declined. Set the clock</translation>
    </message>
    <message>
        <source>电脑时间慢了 {minutes} 分钟，请校准</source>
        <translation>PC clock is {minutes} min slow. Set the clock</translation>
    </message>
    <message>
        <source>电脑时间快了 {minutes} 分钟，请校准</source>
        <translation>PC clock is {minutes} min fast. Set the clock</translation>
    </message>
    <message>
        <source>微信支付换了公钥，请管理员导入新公钥 {key_id}</source>
        <translation>WeChat Pay has a new public key. Ask your administrator to import {key_id}</translation>
    </message>
    <message>
        <source>微信支付给的是另一张卡，没有显示，请核对卡号和 openid 后重试</source>
        <translation>WeChat Pay returned another card, so it isn&apos;t shown. Check the card no. and openid, then retry</translation>
    </message>
    <message>
        <source>微信支付的回答与电脑时间差 {minutes} 分钟，所以不显示，请先校准电脑时间再按 F10</source>
        <translation>Reply is {minutes} min off this PC&apos;s clock, so it isn&apos;t shown. Set the clock, then press F10</translation>
    </message>
    <message>
        <source>收到的回答没有通过微信支付的签名核对，所以不显示，请联系管理员</source>
        <translation>Reply failed WeChat Pay&apos;s signature check, so it isn&apos;t shown. Contact your administrator</translation>
    </message>
    <message>
        <source>微信支付太久没有回应，请重试</source>
        <translation>WeChat Pay timed out. Retry</translation>
    </message>
    <message>
        <source>微信支付</source>
        <translation>WeChat Pay</translation>
    </message>
    <message>
        <source>连不上微信支付，请检查网络后重试</source>
        <translation>Can&apos;t reach WeChat Pay. Check the network, then retry</translation>
    </message>
    <message>
        <source>微信支付或中间的网关暂时出错，请稍后重试</source>
        <translation>WeChat Pay or gateway error. Retry in a moment</translation>
    </message>
    <message>
        <source>微信支付暂时出错，请稍后重试</source>
        <translation>WeChat Pay error. Retry in a moment</translation>
    </message>
    <message>
        <source>微信支付的回答无法识别，请重试，仍不行请联系管理员</source>
        <translation>WeChat Pay sent an unreadable reply. Retry; if that doesn&apos;t help, contact your administrator</translation>
    </message>
    <message>
        <source>没有查到，请重试</source>
        <translation>Nothing found. Retry</translation>
    </message>
</context>
<context>
    <name>WechatCardBlock</name>
    <message>
        <source>查询 F10</source>
        <translation>Look up F10</translation>
    </message>
    <message>
        <source>查询微信会员卡</source>
        <translation>Look up WeChat card</translation>
    </message>
    <message>
        <source>微信会员卡</source>
        <translation>WeChat card</translation>
    </message>
    <message>
        <source>不知道卡号：请扫或输入微信会员卡号，按回车</source>
        <translation>Card no. unknown. Scan or type it, then Enter</translation>
    </message>
    <message>
        <source>请重新扫或输入微信会员卡号，按回车</source>
        <translation>Scan or type the card no. again, then Enter</translation>
    </message>
    <message>
        <source>还缺顾客的 openid：请扫或输入，按回车</source>
        <translation>Customer&apos;s openid needed. Scan or type it, then Enter</translation>
    </message>
    <message>
        <source>正在查询微信支付…</source>
        <translation>Checking WeChat Pay…</translation>
    </message>
</context>
<context>
    <name>WechatCards</name>
    <message>
        <source>卡号应为 1 到 32 位数字、字母或符号</source>
        <translation>Card no. has 1 to 32 digits, letters or symbols</translation>
    </message>
    <message>
        <source>这不是 openid，请重新扫或输入</source>
        <translation>Not an openid. Scan or type again</translation>
    </message>
    <message>
        <source>有 {count} 项无法识别</source>
        <translation>{count} fields unreadable</translation>
    </message>
    <message>
        <source>卡图片取不到</source>
        <translation>Card picture unavailable</translation>
    </message>
    <message>
        <source>没有改动</source>
        <translation>No changes made</translation>
    </message>
    <message>
        <source>已经修改，但没能读回来核对，请重新查询</source>
        <translation>Changed, but not verified. Look it up again</translation>
    </message>
    <message>
        <source>已修改，读回核对一致</source>
        <translation>Changed and verified</translation>
    </message>
    <message>
        <source>微信支付保存的与填写的不同：</source>
        <translation>WeChat Pay saved something else:</translation>
    </message>
    <message>
        <source>刚才修改的微信会员卡：{what}</source>
        <translation>WeChat card changed just now: {what}</translation>
    </message>
    <message>
        <source>程序出错了，请重试；再出现请把问题编号告诉技术支持</source>
        <translation>Something went wrong. Retry. If it keeps happening, give support the Ref.</translation>
    </message>
    <message>
        <source>审计日志没有写全，请告诉管理员</source>
        <translation>Audit log incomplete. Tell your administrator</translation>
    </message>
</context>
<context>
    <name>WechatChangeSheet</name>
    <message>
        <source>主管修改微信会员卡</source>
        <translation>Supervisor: edit WeChat card</translation>
    </message>
    <message>
        <source>返回修改</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>取消</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>没有查询：请手工输入主管密码，不要扫码</source>
        <translation>Not looked up. Type the supervisor PIN, don&apos;t scan</translation>
    </message>
    <message>
        <source>这不是工号，请扫主管的工牌，或手工输入</source>
        <translation>Not a staff no. Scan the supervisor&apos;s badge or type it</translation>
    </message>
    <message>
        <source>正在修改…</source>
        <translation>Saving…</translation>
    </message>
    <message>
        <source>核对</source>
        <translation>Review</translation>
    </message>
    <message>
        <source>确认修改</source>
        <translation>Confirm change</translation>
    </message>
    <message>
        <source>关闭</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>WechatFront</name>
    <message>
        <source>没有查询：扫码时正在输入主管密码，请再扫一次</source>
        <translation>Not looked up: a supervisor PIN was being entered. Scan again</translation>
    </message>
</context>
<context>
    <name>WechatKeys</name>
    <message>
        <source>文件不对：{path}（{why}）</source>
        <translation>Wrong file: {path} ({why})</translation>
    </message>
    <message>
        <source>还没有商户密钥，请先保存商户密钥</source>
        <translation>No merchant key yet. Save the merchant key first</translation>
    </message>
    <message>
        <source>还没有设置</source>
        <translation>Not set up</translation>
    </message>
    <message>
        <source>品牌 {brand}，会员卡模板 {card}</source>
        <translation>Brand {brand}, card template {card}</translation>
    </message>
    <message>
        <source>商户密钥：商户号 {mchid}，证书序列号 {serial}</source>
        <translation>Merchant key: mchid {mchid}, serial {serial}</translation>
    </message>
    <message>
        <source>微信支付公钥：{names}</source>
        <translation>WeChat Pay public keys: {names}</translation>
    </message>
    <message>
        <source>中转服务：{url}</source>
        <translation>Relay: {url}</translation>
    </message>
    <message>
        <source>openid 由中转服务补上</source>
        <translation>The relay fills in openids</translation>
    </message>
</context>
<context>
    <name>WechatPage</name>
    <message>
        <source>保存密钥</source>
        <translation>Save keys</translation>
    </message>
    <message>
        <source>删除密钥</source>
        <translation>Remove keys</translation>
    </message>
    <message>
        <source>正在读取…</source>
        <translation>Reading…</translation>
    </message>
    <message>
        <source>正在保存…</source>
        <translation>Saving…</translation>
    </message>
    <message>
        <source>已保存，不用重新打开</source>
        <translation>Saved, in use now</translation>
    </message>
    <message>
        <source>正在删除…</source>
        <translation>Removing…</translation>
    </message>
    <message>
        <source>已删除</source>
        <translation>Removed</translation>
    </message>
    <message>
        <source>这一项必填</source>
        <translation>Required</translation>
    </message>
    <message>
        <source>没有保存：{why}</source>
        <translation>Not saved: {why}</translation>
    </message>
    <message>
        <source>商户密钥</source>
        <translation>Merchant key</translation>
    </message>
    <message>
        <source>公司的中转服务</source>
        <translation>Company relay</translation>
    </message>
    <message>
        <source>微信支付换了公钥</source>
        <translation>New WeChat Pay public key</translation>
    </message>
    <message>
        <source>品牌 ID</source>
        <translation>Brand ID</translation>
    </message>
    <message>
        <source>会员卡模板 ID</source>
        <translation>Card template ID</translation>
    </message>
    <message>
        <source>商户号</source>
        <translation>Merchant no. (mchid)</translation>
    </message>
    <message>
        <source>商户私钥文件</source>
        <translation>Merchant key file</translation>
    </message>
    <message>
        <source>商户证书文件</source>
        <translation>Merchant certificate file</translation>
    </message>
    <message>
        <source>微信支付公钥 ID</source>
        <translation>WeChat Pay key ID</translation>
    </message>
    <message>
        <source>微信支付公钥文件</source>
        <translation>WeChat Pay key file</translation>
    </message>
    <message>
        <source>中转服务地址</source>
        <translation>Relay address</translation>
    </message>
    <message>
        <source>中转服务令牌</source>
        <translation>Relay token</translation>
    </message>
    <message>
        <source>openid 由中转服务补上</source>
        <translation>The relay fills in openids</translation>
    </message>
    <message>
        <source>原来的公钥留着：微信支付全部换完之前，两把都要用。</source>
        <translation>The old key stays: both are needed until WeChat Pay has finished changing over.</translation>
    </message>
    <message>
        <source>要保存的</source>
        <translation>To save</translation>
    </message>
</context>
<context>
    <name>WechatSheet</name>
    <message>
        <source>微信会员卡内容</source>
        <translation>What the WeChat card holds</translation>
    </message>
    <message>
        <source>收起微信会员卡</source>
        <translation>Close WeChat card</translation>
    </message>
</context>
<context>
    <name>Wizard</name>
    <message>
        <source>完成</source>
        <translation>Finish</translation>
    </message>
    <message>
        <source>下一步</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>用总部给的二维码纸</source>
        <translation>Use head office&apos;s QR page</translation>
    </message>
    <message>
        <source>第一次使用：{title}</source>
        <translation>First start: {title}</translation>
    </message>
    <message>
        <source>第 {place} 步，共 {count} 步</source>
        <translation>Step {place} of {count}</translation>
    </message>
    <message>
        <source>二维码纸已读入，请填这家店的编码</source>
        <translation>Page read: now fill in this store&apos;s code</translation>
    </message>
    <message>
        <source>纸上的密钥没有留下，请再扫一次二维码纸</source>
        <translation>The keys from the printed page were not kept. Please scan the page again.</translation>
    </message>
    <message>
        <source>正在保存…</source>
        <translation>Saving…</translation>
    </message>
    <message>
        <source>没有保存：别的程序刚改过配置文件。填的内容还在，请核对后再按「完成」</source>
        <translation>Not saved: another program has just changed the configuration. What you typed is still here; check it, then press Finish again</translation>
    </message>
    <message>
        <source>程序出错了，没有保存。</source>
        <translation>Something went wrong, not saved. </translation>
    </message>
    <message>
        <source>会员系统密钥</source>
        <translation>Platform keys</translation>
    </message>
    <message>
        <source>这家门店</source>
        <translation>This store</translation>
    </message>
    <message>
        <source>扫码枪</source>
        <translation>Scanner</translation>
    </message>
    <message>
        <source>语言和提示音</source>
        <translation>Language and sounds</translation>
    </message>
    <message>
        <source>检查连接</source>
        <translation>Connection check</translation>
    </message>
    <message>
        <source>上一步</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>这次开机先用，不保存密钥</source>
        <translation>Use key this session only</translation>
    </message>
    <message>
        <source>以后再设 Esc</source>
        <translation>Later Esc</translation>
    </message>
</context>
<context>
    <name>WorkPage</name>
    <message>
        <source>程序出错了，没有保存。</source>
        <translation>Something went wrong, not saved. </translation>
    </message>
</context>
<context>
    <name>_Card</name>
    <message>
        <source>主管修改…</source>
        <translation>Edit…</translation>
    </message>
    <message>
        <source>主管修改微信会员卡</source>
        <translation>Supervisor: edit WeChat card</translation>
    </message>
    <message>
        <source>未设等级</source>
        <translation>No level</translation>
    </message>
    <message>
        <source>状态 {state}</source>
        <translation>Status: {state}</translation>
    </message>
    <message>
        <source>另有 {count} 项</source>
        <translation>{count} more</translation>
    </message>
</context>
<context>
    <name>_OtherQuestion</name>
    <message>
        <source>问题，与开卡页上的一样</source>
        <translation>Question, as on the sign-up form</translation>
    </message>
    <message>
        <source>答案，多个用分号隔开</source>
        <translation>Answer; separate several with semicolons</translation>
    </message>
</context>
<context>
    <name>_Result</name>
    <message>
        <source>建议的设置</source>
        <translation>Proposed settings</translation>
    </message>
</context>
<context>
    <name>_Review</name>
    <message>
        <source>主管工号</source>
        <translation>Staff no.</translation>
    </message>
    <message>
        <source>主管密码</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>填写 {before}，保存为 {after}</source>
        <translation>Entered {before}, saved as {after}</translation>
    </message>
</context>
<context>
    <name>_ValidityEntry</name>
    <message>
        <source>不改</source>
        <translation>No change</translation>
    </message>
    <message>
        <source>起止日期</source>
        <translation>Date range</translation>
    </message>
    <message>
        <source>生效后若干天</source>
        <translation>Number of days</translation>
    </message>
    <message>
        <source>永久有效</source>
        <translation>No expiry</translation>
    </message>
    <message>
        <source>有效期类型</source>
        <translation>Validity type</translation>
    </message>
    <message>
        <source>开始 2026-01-01</source>
        <translation>Start 2026-01-01</translation>
    </message>
    <message>
        <source>结束 2026-12-31</source>
        <translation>End 2026-12-31</translation>
    </message>
    <message>
        <source>天数</source>
        <translation>Days</translation>
    </message>
</context>
<context>
    <name>_Waiting</name>
    <message>
        <source>用扫码枪扫这里任意一个码。

屏幕上扫不出时，请打印测试页，扫纸上的码。

检测会告诉您：码前后有没有多余的字符、扫完按什么键、速度够不够快、输入法和大写锁定有没有影响。</source>
        <translation>Scan either of these codes.

If the screen cannot be scanned, print the test page and scan the paper.

The check tells what comes around the code, which key ends it, whether it is fast enough, and what input method and Caps Lock do to it.</translation>
    </message>
    <message>
        <source>测试码（二维码）</source>
        <translation>Test code (QR)</translation>
    </message>
    <message>
        <source>测试码（条形码）</source>
        <translation>Test code (barcode)</translation>
    </message>
</context>
</TS>
